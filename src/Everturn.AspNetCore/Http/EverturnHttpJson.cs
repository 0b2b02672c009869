using System.Text.Json;
using System.Text.Json.Serialization;
using Everturn.AspNetCore.Sessions;
using Everturn.AspNetCore.Workflows;

namespace Everturn.AspNetCore;

/// <summary>JSON of everything that travels over HTTP, except stored chunks, which travel as they are.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowDuplicateProperties = false
)]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(JsonDocument))]
[JsonSerializable(typeof(StartAgentRequestV2))]
[JsonSerializable(typeof(AgentStartResponse))]
[JsonSerializable(typeof(AgentStatusResponse))]
[JsonSerializable(typeof(ResumeAgentRequestV2))]
[JsonSerializable(typeof(RetryAgentRequestV2))]
[JsonSerializable(typeof(AbortRequest))]
[JsonSerializable(typeof(InterruptRequest))]
[JsonSerializable(typeof(InterruptResponse))]
[JsonSerializable(typeof(MessagesResponse))]
[JsonSerializable(typeof(RunsResponse))]
[JsonSerializable(typeof(CheckpointsResponse))]
[JsonSerializable(typeof(UpdateSessionRequest))]
[JsonSerializable(typeof(SessionsResponse))]
[JsonSerializable(typeof(UsageResponse))]
[JsonSerializable(typeof(SnapshotResponse))]
[JsonSerializable(typeof(WorkflowsResponse))]
[JsonSerializable(typeof(InstancesResponse))]
[JsonSerializable(typeof(InstanceDetailsView))]
[JsonSerializable(typeof(CreateInstanceRequest))]
[JsonSerializable(typeof(List<CreateInstanceRequest?>))]
[JsonSerializable(typeof(CreatedInstancesResponse))]
[JsonSerializable(typeof(ChangeStatusRequest))]
[JsonSerializable(typeof(List<string?>))]
[JsonSerializable(typeof(DeletedInstancesResponse))]
[JsonSerializable(typeof(InstanceEventView))]
[JsonSerializable(typeof(SubscriptionEndEvent))]
[JsonSerializable(typeof(StreamEndEvent))]
[JsonSerializable(typeof(StreamEndFrame))]
[JsonSerializable(typeof(ConnectionState))]
internal sealed partial class EverturnHttpJson : JsonSerializerContext;
