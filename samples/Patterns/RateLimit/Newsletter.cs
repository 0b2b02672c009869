namespace Patterns.RateLimit;

/// <summary>A letter to many.</summary>
/// <param name="Text">What it says.</param>
/// <param name="Receivers">Who gets it.</param>
public sealed record Newsletter(string Text, IReadOnlyList<string> Receivers);
