using Assistant.Documents;
using Assistant.Notes;
using Assistant.Offline;
using Microsoft.Extensions.AI;

namespace Everturn.Assistant.Tests;

public sealed class OfflineModelTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly AssistantTalk _talk;

    public OfflineModelTests()
    {
        _folder.Write(
            "guides/tides.md",
            """
            # Tides

            ## High water

            The moon pulls the water up, so high water follows the moon.

            ## Low water

            Between two high waters lies low water, about six hours after each.
            """
        );
        _folder.Write(
            "lighthouse.md",
            """
            # Lighthouses

            A lighthouse shows its light every nine seconds, so that sailors know which one it is.
            """
        );
        _talk = new(_folder.Path);
    }

    public void Dispose()
    {
        _talk.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_question_is_searched_then_read_then_quoted_with_its_file()
    {
        var answer = await _talk.SayAsync("How often does a lighthouse show its light?");

        _talk.Steps.Select(calls => calls.Single().Name).ShouldBe([DocumentTools.SearchName, DocumentTools.ReadName]);
        answer.ShouldContain("`lighthouse.md`");
        answer.ShouldContain("> A lighthouse shows its light every nine seconds");
    }

    [Fact]
    public async Task A_question_of_two_parts_searches_for_both_at_once()
    {
        var answer = await _talk.SayAsync("Why is there high water and how often does a lighthouse shine?");

        _talk.Steps[0].Select(call => call.Name).ShouldBe([DocumentTools.SearchName, DocumentTools.SearchName]);
        _talk.Steps[1].Select(call => call.Name).ShouldBe([DocumentTools.ReadName, DocumentTools.ReadName]);
        answer.ShouldContain("follows the moon");
        answer.ShouldContain("nine seconds");
    }

    [Fact]
    public async Task What_the_documents_do_not_have_is_not_answered()
    {
        var answer = await _talk.SayAsync("What is the capital of Peru?");

        answer.ShouldContain("nothing that I can find");
        _talk.Steps.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Tell_me_more_goes_on_with_the_subject_and_reads_another_section()
    {
        var first = await _talk.SayAsync("What about water and the moon?");
        var second = await _talk.SayAsync("tell me more");
        var third = await _talk.SayAsync("more");

        first.ShouldContain("High water");
        second.ShouldContain("Low water");
        second.ShouldNotContain("follows the moon");
        third.ShouldContain("all that the documents say");
    }

    [Fact]
    public async Task A_reference_to_nothing_asks_back()
    {
        (await _talk.SayAsync("tell me more")).ShouldContain("Which subject");
        _talk.Steps.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Note that the ferry leaves at noon", "the ferry leaves at noon")]
    [InlineData("note: buy rope", "buy rope")]
    [InlineData("Please remember that I like tea.", "I like tea.")]
    [InlineData("make a note of the harbour's name", "the harbour's name")]
    public async Task A_note_is_saved_and_listed(string words, string note)
    {
        var saved = await _talk.SayAsync(words);
        _talk.Steps.Single().Single().Name.ShouldBe(NoteTools.SaveName);
        var listed = await _talk.SayAsync("show my notes");

        saved.ShouldContain(note);
        listed.ShouldContain($"1. {note}");
    }

    [Fact]
    public async Task Earlier_turns_are_known()
    {
        await _talk.SayAsync("My name is Ada.");
        await _talk.SayAsync("How often does a lighthouse show its light?");

        (await _talk.SayAsync("What is my name?")).ShouldContain("**Ada**");
        var asked = await _talk.SayAsync("What did I ask before?");
        asked.ShouldContain("1. My name is Ada.");
        asked.ShouldContain("2. How often does a lighthouse show its light?");
        (await _talk.SayAsync("What was my first question?")).ShouldContain("“My name is Ada.”");
    }

    [Fact]
    public async Task Nothing_is_known_that_the_transcript_does_not_have()
    {
        (await _talk.SayAsync("What did I ask before?")).ShouldContain("nothing before it");
        (await _talk.SayAsync("What is my name?")).ShouldContain("not told me your name");
    }

    [Theory]
    [InlineData("Hello!", "Hello")]
    [InlineData("thank you very much", "welcome")]
    [InlineData("What can you do?", "offline model")]
    public async Task Small_talk_needs_no_tool(string words, string answer)
    {
        (await _talk.SayAsync(words)).ShouldContain(answer);
        _talk.Steps.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_same_transcript_gets_the_same_answer()
    {
        using var model = new OfflineChatClient(TimeProvider.System, TimeSpan.Zero);
        await _talk.SayAsync("Why is there high water and how often does a lighthouse shine?");
        for (var count = 1; count < _talk.Messages.Count; count++)
        {
            var told = _talk.Messages[..count];
            (await DescribeAsync(model, told)).ShouldBe(await DescribeAsync(model, told));
        }
    }

    [Fact]
    public async Task Call_ids_are_unique_in_a_session()
    {
        await _talk.SayAsync("Why is there high water and how often does a lighthouse shine?");
        await _talk.SayAsync("note that it is late");
        await _talk.SayAsync("tell me more");

        var ids = _talk
            .Messages.SelectMany(m => m.Contents)
            .OfType<FunctionCallContent>()
            .Select(c => c.CallId)
            .ToList();
        ids.Count.ShouldBeGreaterThan(5);
        ids.ShouldBeUnique();
    }

    [Fact]
    public async Task An_answer_streams_token_by_token_and_ends_with_its_usage()
    {
        using var model = new OfflineChatClient(TimeProvider.System, TimeSpan.Zero);
        List<ChatMessage> messages = [new(ChatRole.User, "Hello!")];
        var updates = await model
            .GetStreamingResponseAsync(messages, cancellationToken: TestContext.Current.CancellationToken)
            .ToListAsync(TestContext.Current.CancellationToken);

        var usage = updates[^1].Contents.OfType<UsageContent>().Single().Details;
        updates[^1].FinishReason.ShouldBe(ChatFinishReason.Stop);
        usage.InputTokenCount.ShouldBe(2);
        usage.OutputTokenCount.ShouldBe(updates.Count - 1);
        updates.Count.ShouldBeGreaterThan(8);
        string.Concat(updates.Select(update => update.Text)).ShouldStartWith("Hello! What would you like");
    }

    [Fact]
    public async Task A_cancelled_answer_stops()
    {
        using var model = new OfflineChatClient(TimeProvider.System, TimeSpan.FromMinutes(1));
        using var source = new CancellationTokenSource();
        await using var updates = model
            .GetStreamingResponseAsync([new(ChatRole.User, "Hello!")], cancellationToken: source.Token)
            .GetAsyncEnumerator(CancellationToken.None);
        var next = updates.MoveNextAsync().AsTask();
        await source.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(next);
    }

    [Theory]
    [InlineData("")]
    [InlineData("one")]
    [InlineData("  Über-lange Wörter, 12345678 und\n\n> Zitate…  ")]
    public void The_tokens_of_a_text_are_the_text(string text) =>
        string.Concat(OfflineTokens.Split(text)).ShouldBe(text);

    private static async Task<string> DescribeAsync(OfflineChatClient model, List<ChatMessage> told)
    {
        var response = await model.GetResponseAsync(told, cancellationToken: TestContext.Current.CancellationToken);
        var calls = response.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>();
        return response.Text
            + string.Join(';', calls.Select(c => $"{c.CallId} {c.Name} {string.Join(',', c.Arguments!.Values)}"));
    }
}
