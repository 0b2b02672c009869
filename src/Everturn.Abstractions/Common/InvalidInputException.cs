namespace Everturn;

/// <summary>A value that was passed in is not acceptable; nothing was changed. Over HTTP: 400.</summary>
/// <param name="field">The name of the argument or the JSON path of the field, for example <c>input.message</c>.</param>
/// <param name="message">What is wrong with it, and what would be right.</param>
public sealed class InvalidInputException(string field, string message) : EverturnException($"{field}: {message}")
{
    /// <summary>The name of the argument or the JSON path of the field, for example <c>input.message</c>.</summary>
    public string Field { get; } = field;

    /// <summary>What is wrong, without the field's name.</summary>
    public string Detail { get; } = message;
}
