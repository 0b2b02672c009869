using Everturn.Models.Tests.Wire;

namespace Everturn.Models.Tests;

/// <summary>Anthropic's SDK and the adapter over it.</summary>
public sealed class AnthropicChatClientTests : ChatClientTests
{
    private protected override IWire Wire { get; } = new AnthropicWire();
}
