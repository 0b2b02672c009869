using System.Text.Json.Serialization;

namespace Everturn.Approvals;

/// <summary>What an answer to a pending call says.</summary>
/// <param name="Value">The name on the wire.</param>
[JsonConverter(typeof(OpenNameConverter<ToolAnswerKind>))]
public readonly record struct ToolAnswerKind(string Value) : IOpenName<ToolAnswerKind>
{
    /// <summary>The client executed the call: a result or an error.</summary>
    public static readonly ToolAnswerKind ClientToolResult = new("client-tool-result");

    /// <summary>A person allows the call, with other arguments perhaps.</summary>
    public static readonly ToolAnswerKind Approve = new("approve");

    /// <summary>A person refuses the call.</summary>
    public static readonly ToolAnswerKind Deny = new("deny");

    /// <summary>The call took effect before its host died.</summary>
    public static readonly ToolAnswerKind Happened = new("happened");

    /// <summary>The call did not take effect, and is not to be tried again.</summary>
    public static readonly ToolAnswerKind DidNotHappen = new("did-not-happen");

    /// <summary>The call did not take effect: try it again, with the same key.</summary>
    public static readonly ToolAnswerKind TryAgain = new("try-again");

    /// <inheritdoc />
    public static ToolAnswerKind FromName(string name) => new(name);

    /// <inheritdoc />
    public override string ToString() => Value;
}
