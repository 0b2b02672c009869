using System.Text.Json;
using System.Text.Json.Serialization;

namespace Everturn.Conformance.Tests.Npm;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(List<NpmCase>))]
[JsonSerializable(typeof(List<NpmResult>))]
internal sealed partial class NpmJson : JsonSerializerContext;
