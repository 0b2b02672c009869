using Everturn.StatefulAgents;

namespace Everturn.Conformance.Host.Agents;

/// <summary>Messages of the application's own.</summary>
public sealed class TestGreetingAgent : StatefulAgent<ValueState>
{
    /// <inheritdoc/>
    protected override Task OnConnectAsync(Connection connection, CancellationToken cancellationToken)
    {
        connection.Send("welcome");
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    protected override Task OnMessageAsync(
        Connection connection,
        ConnectionMessage message,
        CancellationToken cancellationToken
    )
    {
        if (message.IsText)
        {
            connection.Send($"you said: {message.Text}");
        }
        else
        {
            connection.Send(message.Data);
        }
        return Task.CompletedTask;
    }
}
