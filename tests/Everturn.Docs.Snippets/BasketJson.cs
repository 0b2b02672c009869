using System.Text.Json.Serialization;

namespace Snippets;

[JsonSerializable(typeof(Basket))]
internal sealed partial class BasketJson : JsonSerializerContext;
