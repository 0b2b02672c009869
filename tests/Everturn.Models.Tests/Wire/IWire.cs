using System.Text.Json;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn.Models.Tests.Wire;

/// <summary>A vendor's format, and how its client is made.</summary>
internal interface IWire
{
    string Model { get; }

    IChatClient Connect(Uri server);

    void Register(IServiceCollection services, Uri server);

    /// <summary>The events up to the last piece of content.</summary>
    IEnumerable<string> Pieces(WireReply reply);

    /// <summary>The events that make the reply whole.</summary>
    IEnumerable<string> Closing(WireReply reply);

    /// <summary>The event of a service that is overloaded.</summary>
    string OverloadedEvent { get; }

    /// <summary>The body of a reply that is not streamed.</summary>
    string Body(WireReply reply);

    /// <summary>The body of an answer that is no success.</summary>
    string Error(int status);

    /// <summary>The results of tools in a request: call id and text.</summary>
    IEnumerable<(string Id, string Text)> ToolResults(JsonElement request);

    /// <summary>The system prompt of a request.</summary>
    string? SystemPrompt(JsonElement request);
}
