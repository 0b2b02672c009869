using Everturn.Models.Tests.Wire;

namespace Everturn.Models.Tests;

/// <summary>OpenAI's SDK and the adapter over it.</summary>
public sealed class OpenAIChatClientTests : ChatClientTests
{
    private protected override IWire Wire { get; } = new OpenAIWire();
}
