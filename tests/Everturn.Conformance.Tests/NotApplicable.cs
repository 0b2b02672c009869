namespace Everturn.Conformance.Tests;

/// <summary>Cases of upstream's suites that have no counterpart here, and why.</summary>
internal static class NotApplicable
{
    public static IReadOnlyList<(string Cases, string Reason)> Cases { get; } =
    [
        (
            "sub-agent URLs and hooks (sub-agent-routing, spike-sub-agent-routing, sub-agent-body-forwarding)",
            "sub-agents are not built yet"
        ),
        ("agent-tool-replay, useAgentToolEvents", "agents as tools are not built yet"),
        ("useAgentChat, get-messages, resumable streams", "the chat protocol is not built yet"),
        ("Cap'n Web transport (opt-in, experimental upstream)", "the JSON protocol is the only one offered"),
        (
            "state: overriding both onStateChanged and onStateUpdate is an error",
            "there is one hook; the deprecated name was never offered"
        ),
        ("cache, stub-tojson and resume-overlap suites", "they run the client alone, without a server"),
        ("routing: jurisdiction, locationHint, routingRetry", "options of Cloudflare's placement"),
        ("connect: uncaught exceptions show a stack", "a stack is for the server's log; the client gets the message"),
        (
            "requests: an exception is answered with its stack",
            "a stack is for the server's log; the client gets a problem document"
        ),
    ];
}
