using Everturn.Testing.Models;
using Microsoft.Extensions.AI;

namespace Everturn.Testing.Tests.Models;

public sealed class ScriptedChatClientTests
{
    private static readonly ChatMessage Hello = new(ChatRole.User, "hello");

    [Fact]
    public async Task Replies_come_in_order_and_in_the_chosen_pieces()
    {
        using var model = new ScriptedChatClient(ScriptedReply.Text("a", "b"), "c");

        (await StreamAsync(model)).Select(update => update.Text).ShouldBe(["a", "b"]);
        (await StreamAsync(model)).Select(update => update.Text).ShouldBe(["c"]);
    }

    [Fact]
    public async Task A_whole_response_is_the_pieces_put_together()
    {
        using var model = new ScriptedChatClient(
            ScriptedReply.Text("a", "b").ThenReasoning("hm").ThenToolCall("search").ThenUsage(3, 2)
        );

        var response = await model.GetResponseAsync([Hello], cancellationToken: TestContext.Current.CancellationToken);

        response.Text.ShouldBe("ab");
        response.Usage!.TotalTokenCount.ShouldBe(5);
        response.Messages.ShouldHaveSingleItem().Contents.OfType<FunctionCallContent>().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Parallel_calls_get_ids_that_the_same_transcript_gives_again()
    {
        using var model = new FunctionChatClient(_ => ScriptedReply.ToolCall("a").ThenToolCall("b"));

        var first = Ids(await StreamAsync(model));
        var again = Ids(await StreamAsync(model));
        var later = Ids(await StreamAsync(model, Hello, new ChatMessage(ChatRole.Assistant, "hi"), Hello));

        first.Distinct(StringComparer.Ordinal).Count().ShouldBe(2);
        again.ShouldBe(first);
        later.ShouldNotContain(id => first.Contains(id));
    }

    [Fact]
    public async Task Replies_can_belong_to_a_condition_or_to_an_agent()
    {
        using var model = new ScriptedChatClient("common");
        model.For(call => call.LastUserText == "rain?").Enqueue("rain");
        model.ForAgent("You are a poet").Always("a poem");

        (await TextAsync(model, new ChatMessage(ChatRole.User, "rain?"))).ShouldBe("rain");
        (await TextAsync(model, new ChatMessage(ChatRole.System, "You are a poet."), Hello)).ShouldBe("a poem");
        (await TextAsync(model, new ChatMessage(ChatRole.System, "You are a poet."), Hello)).ShouldBe("a poem");
        (await TextAsync(model, new ChatMessage(ChatRole.User, "rain?"))).ShouldBe("common");
    }

    [Fact]
    public async Task A_gate_holds_the_answer_until_it_is_released()
    {
        var gate = new ReplyGate();
        using var model = new ScriptedChatClient(ScriptedReply.Text("before").ThenGate(gate).ThenText("after"));

        var answer = StreamAsync(model);
        await gate.Reached;
        answer.IsCompleted.ShouldBeFalse();
        gate.Release();

        (await answer).Select(update => update.Text).ShouldBe(["before", "after"]);
    }

    [Fact]
    public async Task A_reply_can_fail_after_some_pieces()
    {
        using var model = new ScriptedChatClient(ScriptedReply.Text("a").ThenFail(new HttpRequestException("gone")));
        var seen = new List<string>();

        await Should.ThrowAsync<HttpRequestException>(async () =>
        {
            await foreach (var update in model.GetStreamingResponseAsync([Hello]))
            {
                seen.Add(update.Text);
            }
        });

        seen.ShouldBe(["a"]);
    }

    [Fact]
    public async Task A_stalled_reply_ends_when_the_call_is_cancelled()
    {
        using var model = new ScriptedChatClient(ScriptedReply.Stall());
        using var stop = new CancellationTokenSource();

        var answer = model.GetResponseAsync([Hello], cancellationToken: stop.Token);
        answer.IsCompleted.ShouldBeFalse();
        await stop.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => answer);
    }

    [Fact]
    public async Task A_script_that_is_too_short_says_at_which_call()
    {
        using var model = new ScriptedChatClient();

        var error = await Should.ThrowAsync<InvalidInputException>(() => TextAsync(model, Hello));

        error.Message.ShouldContain("call 1");
        error.Message.ShouldContain("hello");
    }

    [Fact]
    public async Task Calls_are_kept_as_they_came()
    {
        using var model = new ScriptedChatClient("a");
        var messages = new List<ChatMessage> { new(ChatRole.System, "Be brief."), Hello };

        await model.GetResponseAsync(
            messages,
            new() { Instructions = "Be kind.", Temperature = 0 },
            TestContext.Current.CancellationToken
        );
        messages.Clear();

        var call = model.Calls.ShouldHaveSingleItem();
        call.Messages.Count.ShouldBe(2);
        call.Instructions.ShouldBe("Be kind.\nBe brief.");
        call.LastUserText.ShouldBe("hello");
        call.Options!.Temperature.ShouldBe(0);
        call.IsStreaming.ShouldBeFalse();
    }

    private static async Task<List<ChatResponseUpdate>> StreamAsync(IChatClient model, params ChatMessage[] messages)
    {
        var updates = new List<ChatResponseUpdate>();
        await foreach (var update in model.GetStreamingResponseAsync(messages.Length == 0 ? [Hello] : messages))
        {
            updates.Add(update);
        }

        return updates;
    }

    private static async Task<string> TextAsync(ScriptedChatClient model, params ChatMessage[] messages) =>
        (await model.GetResponseAsync(messages)).Text;

    private static List<string> Ids(List<ChatResponseUpdate> updates) =>
        [.. updates.SelectMany(update => update.Contents).OfType<FunctionCallContent>().Select(call => call.CallId)];
}
