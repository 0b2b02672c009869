using Everturn.Sqlite.Engine;

namespace Everturn.Sqlite.Tests.Engine;

public sealed class StatementTests : IDisposable
{
    private readonly SqliteConnection _connection = SqliteConnection.Open(":memory:");

    public void Dispose() => _connection.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("plain")]
    [InlineData("nul \0 inside")]
    [InlineData("Grüße, 世界 🌍")]
    public void Text_comes_back_as_it_went(string text)
    {
        using var statement = _connection.Use("SELECT ?1, typeof(?1)");
        statement.Bind(1, text).Read().ShouldBeTrue();

        statement.Text(0).ShouldBe(text);
        statement.Text(1).ShouldBe("text");
    }

    [Fact]
    public void Long_text_comes_back_as_it_went()
    {
        var text = new string('ü', 100_000);
        using var statement = _connection.Use("SELECT ?1");
        statement.Bind(1, text).Read();

        statement.Text(0).ShouldBe(text);
    }

    [Fact]
    public void An_empty_blob_is_not_null()
    {
        using var statement = _connection.Use("SELECT ?1, ?2");
        statement.Bind(1, ReadOnlySpan<byte>.Empty).Bind(2, (byte[]?)null).Read();

        statement.BytesOrNull(0).ShouldBe([]);
        statement.BytesOrNull(1).ShouldBeNull();
    }

    [Fact]
    public void Values_do_not_leak_from_one_use_to_the_next()
    {
        const string sql = "SELECT ?1";
        using (var first = _connection.Use(sql))
            first.Bind(1, 7L).Read();

        using var second = _connection.Use(sql);
        second.Read();

        second.LongOrNull(0).ShouldBeNull();
    }

    [Fact]
    public void The_same_sql_can_be_used_while_it_is_in_use()
    {
        const string sql = "SELECT value FROM (SELECT 1 AS value UNION ALL SELECT 2) ORDER BY value";
        using var outer = _connection.Use(sql);
        outer.Read();
        using (var inner = _connection.Use(sql))
        {
            inner.Read();
            inner.Read();
            inner.Long(0).ShouldBe(2);
        }

        outer.Long(0).ShouldBe(1);
        outer.Read().ShouldBeTrue();
    }
}
