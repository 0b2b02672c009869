using Everturn.StatefulAgents;

namespace Everturn.Conformance.Host.Agents;

/// <summary>Neither state nor handlers.</summary>
public sealed class TestStatelessAgent : StatefulAgent<ValueState>;
