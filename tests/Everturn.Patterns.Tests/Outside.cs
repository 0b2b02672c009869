using System.Collections.Concurrent;
using Patterns.Approval;
using Patterns.Children;
using Patterns.Cron;
using Patterns.Debounce;
using Patterns.FanOut;
using Patterns.LongWait;
using Patterns.Migration;
using Patterns.Polling;
using Patterns.RateLimit;
using Patterns.Saga;

namespace Everturn.Patterns.Tests;

/// <summary>The services of all patterns: writes down what it is asked to do, and fails where a test says so.</summary>
public sealed class Outside
    : ITravel,
        ITranslator,
        IExports,
        IExpenses,
        IBilling,
        IReports,
        ISearchIndex,
        IMail,
        ITrials,
        IWarehouse
{
    private readonly ConcurrentQueue<string> _done = new();
    private readonly ConcurrentDictionary<string, Exception> _failures = new();

    /// <summary>What was done, in order.</summary>
    public IReadOnlyList<string> Done => [.. _done];

    /// <summary>How often something was done.</summary>
    public int this[string what] => _done.Count(done => done == what);

    /// <summary>What is asked for fails from here on.</summary>
    public void Fail(string what, Exception exception) => _failures[what] = exception;

    public Task<string> BookAsync(string what, string traveller, CancellationToken cancellationToken) =>
        DoAsync($"book {what}", $"{what} of {traveller}");

    public Task CancelAsync(string what, string traveller, CancellationToken cancellationToken) =>
        DoAsync($"cancel {what}", "");

    public Task<IReadOnlyList<string>> SplitAsync(string book, CancellationToken cancellationToken) =>
        DoAsync<IReadOnlyList<string>>("split", ["one", "two", "three"]);

    public Task<int> TranslateAsync(string chapter, CancellationToken cancellationToken) =>
        DoAsync($"translate {chapter}", chapter.Length);

    public Task<string> BeginAsync(string report, CancellationToken cancellationToken) => DoAsync("begin", "e-1");

    public Task<string?> FindAsync(string number, CancellationToken cancellationToken) => DoAsync<string?>("ask", null);

    public Task TellAsync(string role, Expense expense, CancellationToken cancellationToken) =>
        DoAsync($"tell {role}", "");

    public Task PayAsync(Expense expense, string key, CancellationToken cancellationToken) =>
        DoAsync($"pay {expense.Amount} for {key}", "");

    public Task<IReadOnlyList<string>> CustomersAsync(string month, CancellationToken cancellationToken) =>
        DoAsync<IReadOnlyList<string>>("customers", ["ada", "bo", "cy"]);

    public Task<decimal> SumAsync(Bill bill, CancellationToken cancellationToken) =>
        DoAsync($"sum {bill.Customer}", 10m);

    public Task ChargeAsync(Bill bill, decimal amount, CancellationToken cancellationToken) =>
        DoAsync($"charge {bill.Customer}", "");

    public Task<string> MakeAsync(DateOnly day, CancellationToken cancellationToken) =>
        DoAsync($"make {day:yyyy-MM-dd}", $"{day:yyyy-MM-dd}.pdf");

    public Task SendAsync(string address, CancellationToken cancellationToken) => DoAsync($"send {address}", "");

    public Task UpdateAsync(string document, CancellationToken cancellationToken) => DoAsync($"index {document}", "");

    public Task SendAsync(string receiver, string text, CancellationToken cancellationToken) =>
        DoAsync($"mail {receiver}", "");

    public Task RemindAsync(string customer, DateTimeOffset endsAt, CancellationToken cancellationToken) =>
        DoAsync($"remind of {endsAt:yyyy-MM-dd}", "");

    public Task CloseAsync(string customer, CancellationToken cancellationToken) => DoAsync("close", "");

    public Task<string> HandleAsync(string what, string order, CancellationToken cancellationToken) =>
        DoAsync(what, $"{what} {order}");

    private Task<T> DoAsync<T>(string what, T result)
    {
        if (_failures.TryGetValue(what, out var failure))
        {
            return Task.FromException<T>(failure);
        }

        _done.Enqueue(what);
        return Task.FromResult(result);
    }
}
