using System.Text.Json;
using Everturn.StatefulAgents;
using Everturn.StatefulAgents.Dispatch;

namespace Everturn.Generators.Tests;

/// <summary>Clients' calls through the generated table.</summary>
public sealed class AgentCallTests
{
    private static readonly AgentCompilation Calculator = AgentCompilation.Of(
        """
        public enum Rounding { Up, Down = 7 }

        public abstract class Base : StatefulAgent<int>
        {
            [Callable] public virtual string Who() => "base";
            [Callable] public string Inherited() => "from the base";
        }

        public class Calculator : Base
        {
            [Callable] public int Add(int a, int b) => a + b;
            [Callable] public string Defaults(int a = -3, string b = "x\"y", bool c = true, double d = 1.5, Rounding e = Rounding.Down, string? f = null, long? g = 9, char h = '\n')
                => $"{a}|{b}|{c}|{d}|{e}|{f}|{g}|{(int)h}";
            [Callable] public string? Nothing() => null;
            [Callable] public void Void() { }
            [Callable] public async Task<string> LateAsync(string text) { await Task.Yield(); return text; }
            [Callable] public string Anything(System.Text.Json.JsonElement value) => value.GetRawText();
            [Callable] public override string Who() => "derived";
            [Callable(Name = "class")] public string @Class() => "a keyword";
            [Callable] public int Fail() => throw new InvalidOperationException("broken");
            [Callable] public async IAsyncEnumerable<int> Count(int to)
            {
                for (var i = 1; i <= to; i++) { await Task.Yield(); yield return i; }
            }
            [Callable] public void Parts(int first, StreamingResponse stream) { stream.Send(first); stream.End("over"); stream.Send(3); stream.End(); }
            [AgentCallback] internal void Tick(string payload, AgentSchedule schedule) => throw new InvalidOperationException(payload + schedule.Id);
            public int Hidden() => 1;
            private int Secret() => 1;
        }

        public sealed class Silent : Calculator;
        """
    );

    [Theory]
    [InlineData("add", "[1,2]", "3")]
    [InlineData("add", "[1,2,3]", "3")]
    [InlineData("defaults", "[]", "\"-3|x\\u0022y|True|1.5|Down||9|10\"")]
    [InlineData("defaults", "[null,null,null,null,null,null,null,null]", "\"-3|x\\u0022y|True|1.5|Down||9|10\"")]
    [InlineData("defaults", "[1,\"z\",false,2,0,\"f\",4,\"q\"]", "\"1|z|False|2|Up|f|4|113\"")]
    [InlineData("nothing", "[]", "null")]
    [InlineData("void", "[]", "undefined")]
    [InlineData("late", "[\"hello\"]", "\"hello\"")]
    [InlineData("anything", "[null]", "\"null\"")]
    [InlineData("anything", "[[1, 2]]", "\"[1, 2]\"")]
    [InlineData("who", "[]", "\"derived\"")]
    [InlineData("inherited", "[]", "\"from the base\"")]
    [InlineData("class", "[]", "\"a keyword\"")]
    public async Task A_call_gets_what_the_method_returns(string method, string arguments, string result) =>
        (await Calculator.Load("Calculator").CallAsync(method, arguments)).ShouldBe(result);

    [Fact]
    public async Task A_class_that_adds_nothing_has_the_methods_it_inherits() =>
        (await Calculator.Load("Silent").CallAsync("add", "[2,2]")).ShouldBe("4");

    [Fact]
    public void A_class_lists_its_own_methods_before_inherited_ones() =>
        Calculator.Load("Calculator").Module.Methods.Select(method => method.Name).Last().ShouldBe("inherited");

    [Theory]
    [InlineData("[1]", "args[1] (b)")]
    [InlineData("[1,null]", "args[1] (b)")]
    [InlineData("[\"one\",2]", "args[0] (a)")]
    [InlineData("[1,{}]", "args[1] (b)")]
    public async Task I11_an_argument_that_is_missing_or_of_a_wrong_type_is_named(string arguments, string field)
    {
        var refusal = await Should.ThrowAsync<InvalidInputException>(() =>
            Calculator.Load("Calculator").CallAsync("add", arguments)
        );

        refusal.Field.ShouldBe(field);
    }

    [Theory]
    [InlineData("hidden", "Method hidden is not callable")]
    [InlineData("secret", "Method secret is not callable")]
    [InlineData("tick", "Method tick is not callable")]
    [InlineData("setState", "Method setState is not callable")]
    [InlineData("destroy", "Method destroy is not callable")]
    [InlineData("Add", "Method Add does not exist")]
    [InlineData("", "Method  does not exist")]
    [InlineData("getType", "Method getType does not exist")]
    public void What_is_not_callable_cannot_be_called(string method, string message) =>
        Should
            .Throw<AgentMethodException>(() => Calculator.Load("Calculator").Module.GetCallable(method))
            .Message.ShouldBe(message);

    [Fact]
    public async Task A_callback_gets_its_schedule_beside_the_payload()
    {
        var agent = Calculator.Load("Calculator");
        var call = new AgentCall(JsonElement.Parse("[\"payload of \"]"), TestContext.Current.CancellationToken)
        {
            Schedule = new()
            {
                Id = "s1",
                Callback = "Tick",
                Type = ScheduleType.Delayed,
                Time = default,
            },
        };

        var thrown = await Should.ThrowAsync<InvalidOperationException>(async () =>
            await agent.Module.FindCallback("Tick")!.Invoke(agent.Agent, call)
        );

        thrown.Message.ShouldBe("payload of s1");
    }

    [Fact]
    public async Task What_a_method_throws_arrives_as_it_is() =>
        (
            await Should.ThrowAsync<InvalidOperationException>(() =>
                Calculator.Load("Calculator").CallAsync("fail", "[]")
            )
        ).Message.ShouldBe("broken");

    [Fact]
    public async Task Each_item_of_an_async_enumerable_is_a_part_of_the_answer()
    {
        var stream = new RecordingSink();

        await Calculator.Load("Calculator").CallAsync("count", "[3]", stream);

        stream.Parts.ShouldBe(["1", "2", "3", "end"]);
    }

    [Fact]
    public async Task An_async_enumerable_ends_where_nobody_listens_any_more()
    {
        var stream = new RecordingSink();
        stream.Error("gone").ShouldBeTrue();

        await Calculator.Load("Calculator").CallAsync("count", "[1000000000]", stream);

        stream.Parts.ShouldBe(["error gone"]);
    }

    [Fact]
    public async Task A_writer_does_not_count_as_an_argument_and_is_silent_once_it_is_closed()
    {
        var stream = new RecordingSink();

        await Calculator.Load("Calculator").CallAsync("parts", "[1]", stream);

        stream.Parts.ShouldBe(["1", "end \"over\""]);
    }
}
