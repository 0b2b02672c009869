using System.Text.Json.Serialization;

namespace Assistant.Mail;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(MailMessage))]
internal sealed partial class MailJson : JsonSerializerContext;
