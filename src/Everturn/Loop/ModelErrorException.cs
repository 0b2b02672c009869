namespace Everturn.Loop;

/// <summary>The model reported an error inside its stream.</summary>
/// <param name="message">What it said.</param>
/// <param name="code">The vendor's code, if any.</param>
internal sealed class ModelErrorException(string message, string? code)
    : Exception(code is null ? message : $"{message} ({code})");
