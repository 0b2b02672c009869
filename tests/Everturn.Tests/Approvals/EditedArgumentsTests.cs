using System.Text.Json;
using Everturn.Agents;
using Everturn.Approvals;
using Everturn.Sessions;
using Everturn.Testing.Models;
using Everturn.Tests.Loop;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn.Tests.Approvals;

/// <summary>Which arguments a person may put in the place of the model's, by the schema of the tool.</summary>
public sealed class EditedArgumentsTests
{
    private static readonly SessionKey Key = new("s");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(
        """{"properties":{"to":{"$ref":"#/$defs/to"}},"$defs":{"to":{"type":"string"}}}""",
        "\"a\"",
        "7",
        "arguments.to must be string"
    )]
    [InlineData(
        """{"properties":{"to":{"$ref":"#/$defs/a~1b%20c"}},"$defs":{"a/b c":{"type":"string"}}}""",
        "\"a\"",
        "7",
        "arguments.to must be string"
    )]
    [InlineData(
        """{"properties":{"to":{"$ref":"#/$defs/to","maxLength":2}},"$defs":{"to":{"type":"string"}}}""",
        "\"ab\"",
        "\"abc\"",
        "at most 2"
    )]
    [InlineData(
        """{"properties":{"to":{"anyOf":[{"type":"string"},{"type":"integer"}]}}}""",
        "7",
        "7.5",
        "none of its alternatives"
    )]
    [InlineData(
        """{"properties":{"to":{"oneOf":[{"minimum":1},{"maximum":5}]}}}""",
        "9",
        "3",
        "one of its alternatives"
    )]
    [InlineData(
        """{"properties":{"to":{"allOf":[{"type":"string"},{"minLength":2}]}}}""",
        "\"ab\"",
        "\"a\"",
        "at least 2"
    )]
    [InlineData("""{"properties":{"to":{"type":["string","null"]}}}""", "null", "[]", "must be string or null")]
    [InlineData("""{"properties":{"to":{"enum":["a",1]}}}""", "1.0", "2", "must be one of")]
    [InlineData("""{"properties":{"to":{"const":"a"}}}""", "\"a\"", "\"b\"", "must be \"a\"")]
    [InlineData("""{"properties":{"to":{"type":"integer"}}}""", "3.0", "3.5", "must be integer")]
    [InlineData("""{"properties":{"to":{"minimum":1,"maximum":3}}}""", "3", "3.1", "at most 3")]
    [InlineData("""{"properties":{"to":{"exclusiveMinimum":1}}}""", "1.1", "1", "more than 1")]
    [InlineData("""{"properties":{"to":{"exclusiveMaximum":1}}}""", "0", "1", "less than 1")]
    [InlineData("""{"properties":{"to":{"maxLength":2}}}""", "\"\ud83d\ude00\ud83d\ude00\"", "\"abc\"", "at most 2")]
    [InlineData("""{"properties":{"to":{"maxLength":1}}}""", "\"e\"", "\"e\u0301\"", "at most 1")]
    [InlineData("""{"properties":{"to":{"pattern":"^a+$"}}}""", "\"aa\"", "\"ab\"", "must match")]
    [InlineData(
        """{"properties":{"to":{"items":{"type":"string"},"minItems":1,"maxItems":2}}}""",
        """["a"]""",
        """["a",7]""",
        "arguments.to[1] must be string"
    )]
    [InlineData("""{"properties":{"to":{"minItems":1}}}""", "[1]", "[]", "at least 1")]
    [InlineData("""{"properties":{"to":{"maxItems":1}}}""", "[1]", "[1,2]", "at most 1")]
    [InlineData(
        """{"properties":{"to":{"additionalProperties":false,"properties":{"a":true}}}}""",
        """{"a":1}""",
        """{"b":1}""",
        "arguments.to.b is not allowed"
    )]
    [InlineData(
        """{"properties":{"to":{"additionalProperties":{"type":"string"}}}}""",
        """{"a":"b"}""",
        """{"a":1}""",
        "arguments.to.a must be string"
    )]
    [InlineData(
        """{"properties":{"to":{"additionalProperties":false,"patternProperties":{"^x-":{"type":"string"}}}}}""",
        """{"x-a":"b"}""",
        """{"x-a":1}""",
        "arguments.to.x-a must be string"
    )]
    [InlineData("""{"properties":{"to":{"required":["a"]}}}""", """{"a":null}""", "{}", "arguments.to.a is required")]
    [InlineData(
        """{"properties":{"to":{"$ref":"#"}},"additionalProperties":false}""",
        """{"to":{}}""",
        """{"two":{}}""",
        "arguments.to.two is not allowed"
    )]
    public async Task Edited_arguments_must_fit(string schema, string fits, string bad, string why)
    {
        await using var host = await SuspendAsync(schema, "{}");

        var refused = await Should.ThrowAsync<InvalidInputException>(() => ApproveAsync(host, bad));

        refused.Field.ShouldBe("arguments");
        refused.Message.ShouldContain(why);
        var asked = (await host.Store.GetPendingCallsOfToolCallAsync(Key, "call", Token))[0];
        asked.Status.ShouldBe(PendingCallStatus.Pending);
        (await ApproveAsync(host, fits)).Call.Status.ShouldBe(PendingCallStatus.Approved);
    }

    [Theory]
    [InlineData("""{"type":7,"required":true,"properties":[],"patternProperties":1,"additionalProperties":1}""")]
    [InlineData(
        """{"properties":{"to":{"type":[7],"enum":1,"anyOf":{},"allOf":1,"oneOf":"x","pattern":1,"$ref":1}}}"""
    )]
    [InlineData("""{"properties":{"to":{"pattern":"(","minLength":"1","minimum":"1","$ref":"#/nowhere"}}}""")]
    [InlineData("""{"properties":{"to":{"$ref":"https://elsewhere.example/schema"}}}""")]
    public async Task What_a_schema_says_wrongly_or_elsewhere_is_no_reason_to_refuse(string schema)
    {
        await using var host = await SuspendAsync(schema, """{"to":"a"}""");

        (await ApproveAsync(host, "\"b\"")).Call.Status.ShouldBe(PendingCallStatus.Approved);
    }

    private static Task<AnswerReceipt> ApproveAsync(AgentTestHost host, string to) =>
        host
            .Services.GetRequiredService<IApprovals>()
            .SubmitAsync(Key, "call", ToolAnswer.Approve(JsonElement.Parse($$"""{"to":{{to}}}""")), null, Token);

    private static async Task<AgentTestHost> SuspendAsync(string schema, string arguments)
    {
        var agent = AgentDefinition
            .Create("desk")
            .WithTool(new SchemaFunction(JsonElement.Parse(schema)), options => options.RequireApproval())
            .Build();
        var host = await AgentTestHost.StartAsync(agent);
        var asked = JsonSerializer.Deserialize<Dictionary<string, object?>>(arguments)!;
        host.Model.Enqueue(ScriptedReply.ToolCall("send", asked, "call"));
        var run = await host.Executor.ExecuteAsync(agent, "go", new() { SessionId = Key.SessionId }, Token);
        (await run.ResultAsync(Token)).Status.ShouldBe(RunStatus.SuspendedClientTool);
        return host;
    }

    private sealed class SchemaFunction(JsonElement schema) : AIFunction
    {
        public override string Name => "send";

        public override JsonElement JsonSchema => schema;

        protected override ValueTask<object?> InvokeCoreAsync(
            AIFunctionArguments arguments,
            CancellationToken cancellationToken
        ) => new("sent");
    }
}
