using Everturn.Testing.Models;

namespace Everturn.AspNetCore.Tests;

/// <summary>Whole turns over HTTP, with the real executor and runtime and a scripted model.</summary>
public sealed class WholeTurnTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Invariant_7_two_turns_over_http_make_one_stream()
    {
        await using var app = await WriterApp.StartAsync(
            ScriptedReply.Text("Hel", "lo."),
            ScriptedReply.Text("Bye", ".")
        );
        using var http = new HttpClient { BaseAddress = new(app.Urls.Single()) };

        var first = await TurnAsync(http, "hello", fromSequence: 0);
        var last = long.Parse(first[^2].Id!);
        var second = await TurnAsync(http, "bye", fromSequence: last);

        first.SkipLast(1).Select(item => long.Parse(item.Id!)).ShouldBe(Numbers(1, last));
        TextOf(first).ShouldBe("Hello.");
        first[^1].Json.Text("status").ShouldBe("completed");
        second.SkipLast(1).Select(item => long.Parse(item.Id!)).ShouldBe(Numbers(last + 1, long.Parse(second[^2].Id!)));
        TextOf(second).ShouldBe("Bye.");
        var messages = (await http.GetJsonAsync("/sessions/s1/messages")).GetProperty("messages");
        messages
            .EnumerateArray()
            .Select(message => message.Text("content"))
            .ShouldBe(["hello", "Hello.", "bye", "Bye."]);
        var status = await http.GetJsonAsync("/sessions/s1/status");
        status.Text("output").ShouldBe("Bye.");
        status.GetProperty("stepCount").GetInt32().ShouldBe(2);
    }

    [Fact]
    public async Task Invariant_9_an_interrupt_over_http_stops_a_model_that_hangs()
    {
        await using var app = await WriterApp.StartAsync(ScriptedReply.Text("Let me think").ThenStall());
        using var http = new HttpClient { BaseAddress = new(app.Urls.Single()) };
        using var start = await http.PostJsonAsync("/sessions/s1/start", SessionHost.Body("s1"));
        using var client = await SseClient.OpenAsync(http, "/sessions/s1/sse");
        await client.TakeAsync(1);

        using var interrupt = await http.PostJsonAsync("/sessions/s1/interrupt", """{"reason":"enough"}""");

        (await interrupt.JsonAsync()).Text("status").ShouldBe("running");
        SseEvent? last = null;
        await foreach (var item in client.EventsAsync(Token))
        {
            last = item;
        }
        last!.Type.ShouldBe("end");
        last.Json.Text("status").ShouldBe("interrupted");
        last.Json.Text("reason").ShouldBe("enough");
        using var again = await http.PostJsonAsync("/sessions/s1/interrupt", "{}");
        (await again.JsonAsync()).Text("status").ShouldBe("interrupted");
    }

    [Fact]
    public async Task Invariant_1_of_many_starts_at_once_one_begins_a_run()
    {
        await using var app = await WriterApp.StartAsync(ScriptedReply.Stall());
        using var http = new HttpClient { BaseAddress = new(app.Urls.Single()) };

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 50).Select(_ => http.PostJsonAsync("/sessions/s1/start", SessionHost.Body("s1")))
        );

        answers.Count(answer => (int)answer.StatusCode == 200).ShouldBe(1);
        answers.Count(answer => (int)answer.StatusCode == 409).ShouldBe(49);
        (await http.GetJsonAsync("/sessions/s1/runs")).GetProperty("runs").GetArrayLength().ShouldBe(1);
        Array.ForEach(answers, answer => answer.Dispose());
    }

    private static async Task<List<SseEvent>> TurnAsync(HttpClient http, string message, long fromSequence)
    {
        using var start = await http.PostJsonAsync("/sessions/s1/start", SessionHost.Body("s1", message));
        ((int)start.StatusCode).ShouldBe(200);
        return await SseClient.ReadAllAsync(http, $"/sessions/s1/sse?fromSequence={fromSequence}");
    }

    private static string TextOf(List<SseEvent> events) =>
        string.Concat(
            events
                .SkipLast(1)
                .Select(item => item.Json.GetProperty("chunk"))
                .Where(chunk => chunk.Text("type") == "text_delta")
                .Select(chunk => chunk.Text("delta"))
        );

    private static IEnumerable<long> Numbers(long first, long last)
    {
        for (var number = first; number <= last; number++)
        {
            yield return number;
        }
    }
}
