using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Everturn.Agents.Steps;
using Everturn.Runtimes.Workflow;
using Everturn.Sessions;
using Everturn.Workflows;

namespace Everturn.Tests.Agents;

/// <summary>The records by which workflows drive agents: their JSON, and what they refuse.</summary>
public sealed class StepRecordTests
{
    private static readonly JsonElement Json = JsonSerializer.SerializeToElement(new[] { 1, 2 });

    private static readonly InitializeAgentInput Initialize = new()
    {
        AgentType = "writer",
        Tenant = "t",
        SessionId = "s",
        WorkflowName = "research",
        InstanceId = "i-1",
        Input = new()
        {
            Message = "Hi",
            Messages = [AgentMessage.FromUser("before")],
            State = Json,
        },
        UserId = "ada",
        Tags = ["a", "b"],
        Metadata = new Dictionary<string, string> { ["k"] = "v" },
    };

    private static readonly RegisterSubAgentsInput Register = new()
    {
        Tenant = "t",
        SessionId = "s",
        RunId = "r",
        Step = 2,
        SubAgents = [new("c1", "helper", "s-1"), new("c2", "helper", "s-2")],
    };

    private static readonly RecordSubAgentResultInput Record = new()
    {
        Tenant = "t",
        SessionId = "s",
        RunId = "r",
        ToolCallId = "c1",
        SubSessionId = "s-1",
        Status = RunStatus.Completed,
        Output = Json,
        Error = "none",
    };

    private static readonly ToolCallResult ToolResult = new()
    {
        ToolCallId = "c",
        ToolName = "search",
        Status = ToolCallStatus.Succeeded,
    };

    private static readonly AgentWorkflowResult WorkflowResult = new()
    {
        SessionId = "s",
        RunId = "r",
        Status = RunStatus.Failed,
        Reason = "max_steps",
        StepCount = 3,
    };

    private static readonly object[] Records =
    [
        Initialize,
        Register,
        Record,
        ToolResult,
        WorkflowResult,
        new AgentWorkflowInput
        {
            Tenant = "t",
            SessionId = "s",
            RunId = "r",
        },
        new ExecuteAgentStepInput
        {
            Tenant = "t",
            SessionId = "s",
            RunId = "r",
            Step = 4,
        },
        new AgentStepResult
        {
            Step = 4,
            Status = RunStatus.Running,
            Reason = "why",
            ToolCalls = [new("c", "search")],
        },
        new ExecuteToolCallInput
        {
            Tenant = "t",
            SessionId = "s",
            RunId = "r",
            Step = 4,
            ToolCallId = "c",
        },
        new MarkAgentFailedInput
        {
            Tenant = "t",
            SessionId = "s",
            RunId = "r",
            Error = "no",
            Reason = "gone",
        },
        new EndAgentStreamInput
        {
            Tenant = "t",
            SessionId = "s",
            RunId = "r",
            Output = Json,
        },
        new FailAgentStreamInput
        {
            Tenant = "t",
            SessionId = "s",
            RunId = "r",
            Error = "no",
        },
        new SubAgentCompletionEvent
        {
            ToolCallId = "c",
            AgentType = "helper",
            SessionId = "s-1",
            RunId = "r-1",
            Status = RunStatus.Completed,
            Output = Json,
            Error = "none",
        },
    ];

    public static TheoryData<string> Names() => [.. Records.Select(record => record.GetType().Name)];

    public static TheoryData<string, Action> Refused() =>
        new()
        {
            { "agentType", (Initialize with { AgentType = "Not a name" }).Validate },
            { "tenant", (Initialize with { Tenant = null! }).Validate },
            { "sessionId", (Initialize with { SessionId = "a__b" }).Validate },
            { "workflowName", (Initialize with { WorkflowName = "" }).Validate },
            { "instanceId", (Initialize with { InstanceId = "ä" }).Validate },
            { "input", (Initialize with { Input = null! }).Validate },
            { "tenant", (Of<AgentWorkflowInput>() with { Tenant = null! }).Validate },
            { "sessionId", (Of<AgentWorkflowInput>() with { SessionId = "" }).Validate },
            { "runId", (Of<AgentWorkflowInput>() with { RunId = "" }).Validate },
            { "step", (Of<ExecuteAgentStepInput>() with { Step = 0 }).Validate },
            { "runId", (Of<ExecuteAgentStepInput>() with { RunId = null! }).Validate },
            { "step", (Of<ExecuteToolCallInput>() with { Step = -1 }).Validate },
            { "toolCallId", (Of<ExecuteToolCallInput>() with { ToolCallId = " " }).Validate },
            { "error", (Of<MarkAgentFailedInput>() with { Error = "" }).Validate },
            { "reason", (Of<MarkAgentFailedInput>() with { Reason = "" }).Validate },
            { "output", (Of<EndAgentStreamInput>() with { Output = default }).Validate },
            { "error", (Of<FailAgentStreamInput>() with { Error = null! }).Validate },
            { "toolCallId", (ToolResult with { ToolCallId = "" }).Validate },
            { "toolName", (ToolResult with { ToolName = "" }).Validate },
            { "status", (ToolResult with { Status = ToolCallStatus.Started }).Validate },
            { "sessionId", (WorkflowResult with { SessionId = "" }).Validate },
            { "runId", (WorkflowResult with { RunId = "" }).Validate },
            { "status", (WorkflowResult with { Status = RunStatus.Running }).Validate },
            { "stepCount", (WorkflowResult with { StepCount = -1 }).Validate },
            { "step", (Register with { Step = 0 }).Validate },
            { "subAgents", (Register with { SubAgents = [] }).Validate },
            { "subAgents[0]", (Register with { SubAgents = [null!] }).Validate },
            { "subAgents[0].toolCallId", (Register with { SubAgents = [new("", "helper", "s")] }).Validate },
            { "subAgents[0].agentType", (Register with { SubAgents = [new("c", "No", "s")] }).Validate },
            { "subAgents[0].sessionId", (Register with { SubAgents = [new("c", "helper", "")] }).Validate },
            {
                "subAgents[1].toolCallId",
                (Register with { SubAgents = [new("c", "helper", "s"), new("c", "helper", "t")] }).Validate
            },
            { "toolCallId", (Record with { ToolCallId = "" }).Validate },
            { "subSessionId", (Record with { SubSessionId = "" }).Validate },
            { "status", (Record with { Status = RunStatus.Running }).Validate },
            { "output", (Record with { Output = null }).Validate },
            { "error", (Record with { Status = RunStatus.Failed, Error = null }).Validate },
        };

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_field_survives_as_camelCase_json(string name)
    {
        var record = Records.Single(record => record.GetType().Name == name);
        var type = RuntimeJson.Default.GetTypeInfo(record.GetType())!;

        var json = JsonSerializer.Serialize(record, type);

        using var document = JsonDocument.Parse(json);
        document.RootElement.EnumerateObject().Select(property => property.Name).Order().ShouldBe(FieldsOf(type));
        JsonSerializer.Serialize(JsonSerializer.Deserialize(json, type), type).ShouldBe(json);
    }

    [Theory]
    [MemberData(nameof(Refused), DisableDiscoveryEnumeration = true)]
    public void Bad_input_names_its_field(string field, Action validate) =>
        Should.Throw<InvalidInputException>(validate).Field.ShouldBe(field);

    [Fact]
    public void Good_input_is_accepted()
    {
        Initialize.Validate();
        Register.Validate();
        Record.Validate();
        ToolResult.Validate();
        WorkflowResult.Validate();
        foreach (var input in Records.OfType<AgentRunInput>())
        {
            input.Validate();
            input.Session.ShouldBe(new SessionKey("t", "s"));
        }
    }

    [Fact]
    public void What_starts_a_workflow_says_who_carries_the_run()
    {
        var trigger = new WorkflowEvent<int>(1, DateTimeOffset.UnixEpoch, "i-9", "research");

        var input = InitializeAgentInput.For(trigger, "writer", "s", "Hi");

        input.Validate();
        input.WorkflowName.ShouldBe("research");
        input.InstanceId.ShouldBe("i-9");
        input.Input.Message.ShouldBe("Hi");
    }

    private static T Of<T>() => Records.OfType<T>().Single();

    private static IEnumerable<string> FieldsOf(JsonTypeInfo type) =>
        type
            .Type.GetProperties()
            .Where(property => property.CanRead && !property.IsDefined(typeof(JsonIgnoreAttribute), inherit: true))
            .Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name))
            .Order();
}
