namespace Everturn.StatefulAgents;

/// <summary>
/// Lets a schedule or the queue call a method by its name. Clients cannot call it. Methods with
/// <see cref="CallableAttribute"/> can be called back as well.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AgentCallbackAttribute : Attribute;
