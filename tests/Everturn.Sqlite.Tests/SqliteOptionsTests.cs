namespace Everturn.Sqlite.Tests;

public sealed class SqliteOptionsTests
{
    [Fact]
    public void Defaults_with_a_directory_are_valid() => Valid().Validate();

    [Theory]
    [InlineData(nameof(SqliteOptions.DataDirectory))]
    [InlineData(nameof(SqliteOptions.Lease))]
    [InlineData(nameof(SqliteOptions.ChangePollInterval))]
    [InlineData(nameof(SqliteOptions.ReadConnections))]
    [InlineData(nameof(SqliteOptions.InlineLimitBytes))]
    [InlineData(nameof(SqliteOptions.MaxQueuedWrites))]
    public void A_bad_value_is_refused_by_name(string field)
    {
        var options = Valid();
        switch (field)
        {
            case nameof(SqliteOptions.DataDirectory):
                options.DataDirectory = " ";
                break;
            case nameof(SqliteOptions.Lease):
                options.Lease = TimeSpan.FromMilliseconds(499);
                break;
            case nameof(SqliteOptions.ChangePollInterval):
                options.ChangePollInterval = TimeSpan.FromSeconds(1);
                break;
            case nameof(SqliteOptions.ReadConnections):
                options.ReadConnections = 0;
                break;
            case nameof(SqliteOptions.InlineLimitBytes):
                options.InlineLimitBytes = -1;
                break;
            case nameof(SqliteOptions.MaxQueuedWrites):
                options.MaxQueuedWrites = 0;
                break;
        }

        Should.Throw<InvalidInputException>(options.Validate).Field.ShouldBe(field);
    }

    private static SqliteOptions Valid() => new() { DataDirectory = "data" };
}
