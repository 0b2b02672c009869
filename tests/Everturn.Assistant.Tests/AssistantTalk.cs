using System.Text.Json;
using Assistant;
using Assistant.Documents;
using Assistant.Mail;
using Assistant.Offline;
using Everturn.Agents;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn.Assistant.Tests;

/// <summary>
/// Talks with the assistant as the agent's loop does: the real model, the real tools, results as text; without sessions
/// and stores, which have tests of their own.
/// </summary>
internal sealed class AssistantTalk : IDisposable
{
    private readonly OfflineChatClient _model = new(TimeProvider.System, TimeSpan.Zero);
    private readonly ServiceProvider _services;
    private JsonElement _state = AssistantAgent.Definition.State!.Initial();

    public AssistantTalk(string documents)
    {
        _services = new ServiceCollection()
            .AddSingleton(DocumentFolder.Everything(documents))
            .AddSingleton<DocumentIndex>()
            .AddSingleton(new Outbox(Path.Combine(documents, "outbox")))
            .BuildServiceProvider();
    }

    /// <summary>
    /// What somebody outside says to a call: for a tool of the browser's its result as JSON, for one that needs approval
    /// why it is refused; null lets it through.
    /// </summary>
    public Func<FunctionCallContent, string?> Outside { get; set; } = static _ => null;

    public List<ChatMessage> Messages { get; } = [];

    /// <summary>The calls of each step of the last turn.</summary>
    public List<IReadOnlyList<FunctionCallContent>> Steps { get; } = [];

    public async Task<string> SayAsync(string text)
    {
        Messages.Add(new(ChatRole.User, text));
        Steps.Clear();
        for (var step = 0; step < AssistantAgent.Definition.MaxSteps; step++)
        {
            var response = await _model.GetResponseAsync(
                Messages,
                cancellationToken: TestContext.Current.CancellationToken
            );
            Messages.AddRange(response.Messages);
            var calls = response
                .Messages.SelectMany(message => message.Contents)
                .OfType<FunctionCallContent>()
                .ToList();
            if (calls.Count == 0)
            {
                return response.Text;
            }

            Steps.Add(calls);
            foreach (var call in calls)
            {
                Messages.Add(new(ChatRole.Tool, [new FunctionResultContent(call.CallId, await InvokeAsync(call))]));
            }
        }

        throw new InvalidOperationException("The assistant did not come to an end.");
    }

    public void Dispose()
    {
        _services.Dispose();
        _model.Dispose();
    }

    private async Task<string> InvokeAsync(FunctionCallContent call)
    {
        if (Outside(call) is { } answer)
        {
            return answer;
        }

        var context = new FakeToolContext(call.CallId, _state, _services);
        try
        {
            var result = await AssistantAgent
                .Definition.Tools[call.Name]
                .Function!.InvokeAsync(
                    new(call.Arguments)
                    {
                        Services = _services,
                        Context = new Dictionary<object, object?> { [typeof(ToolContext)] = context },
                    },
                    TestContext.Current.CancellationToken
                );
            _state = context.State;
            return JsonSerializer.Serialize(result, AIJsonUtilities.DefaultOptions);
        }
        catch (ArgumentException error)
        {
            return error.Message;
        }
    }
}
