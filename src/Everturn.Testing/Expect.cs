using System.Runtime.CompilerServices;

namespace Everturn.Testing;

/// <summary>Expectations of the conformance kits, free of any test framework.</summary>
internal static class Expect
{
    public static void Equal<T>(T expected, T actual, [CallerArgumentExpression(nameof(actual))] string what = "")
    {
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
        {
            throw new ConformanceException($"{what}: expected {Show(expected)}, was {Show(actual)}.");
        }
    }

    public static void Sequence<T>(
        IEnumerable<T> expected,
        IEnumerable<T> actual,
        [CallerArgumentExpression(nameof(actual))] string what = ""
    )
    {
        T[] wanted = [.. expected];
        T[] got = [.. actual];
        if (!wanted.SequenceEqual(got))
        {
            throw new ConformanceException(
                $"{what}: expected [{string.Join(", ", wanted)}], was [{string.Join(", ", got)}]."
            );
        }
    }

    public static void True(bool condition, [CallerArgumentExpression(nameof(condition))] string what = "")
    {
        if (!condition)
        {
            throw new ConformanceException($"Expected: {what}.");
        }
    }

    public static T NotNull<T>(T? value, [CallerArgumentExpression(nameof(value))] string what = "")
        where T : class => value ?? throw new ConformanceException($"{what}: expected a value, was null.");

    /// <summary>Compares texts line by line and shows the first difference.</summary>
    public static void SameLines(IReadOnlyList<string> expected, IReadOnlyList<string> actual, string what)
    {
        for (var line = 0; line < Math.Max(expected.Count, actual.Count); line++)
        {
            var wanted = line < expected.Count ? expected[line] : "(nothing)";
            var got = line < actual.Count ? actual[line] : "(nothing)";
            if (wanted != got)
            {
                throw new ConformanceException(
                    $"{what}{Environment.NewLine}  expected: {wanted}{Environment.NewLine}  was:      {got}"
                );
            }
        }
    }

    public static async Task<TException> ThrowsAsync<TException>(
        Func<ValueTask> action,
        [CallerArgumentExpression(nameof(action))] string what = ""
    )
        where TException : Exception
    {
        try
        {
            await action().ConfigureAwait(false);
        }
        catch (TException expected)
        {
            return expected;
        }
        catch (Exception other) when (other is not ConformanceException)
        {
            throw new ConformanceException($"{what}: expected {typeof(TException).Name}, was {other}.");
        }

        throw new ConformanceException($"{what}: expected {typeof(TException).Name}, nothing was thrown.");
    }

    public static Task<TException> ThrowsAsync<TException, TResult>(
        Func<ValueTask<TResult>> action,
        [CallerArgumentExpression(nameof(action))] string what = ""
    )
        where TException : Exception => ThrowsAsync<TException>(async () => await action().ConfigureAwait(false), what);

    public static async Task InvalidAsync<TResult>(
        string field,
        Func<ValueTask<TResult>> action,
        [CallerArgumentExpression(nameof(action))] string what = ""
    )
    {
        var exception = await ThrowsAsync<InvalidInputException, TResult>(action, what).ConfigureAwait(false);
        Equal(field, exception.Field, $"{what}: the field that is named");
    }

    private static string Show<T>(T value) => value is null ? "null" : $"'{value}'";
}
