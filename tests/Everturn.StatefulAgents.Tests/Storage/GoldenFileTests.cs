using System.Runtime.CompilerServices;
using Everturn.Sqlite.Engine;
using Everturn.StatefulAgents.Tests.Fixtures;
using Everturn.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn.StatefulAgents.Tests.Storage;

/// <summary>
/// What every version wrote stays readable. <c>Golden/objects-N</c> is a data directory with one object in it,
/// <c>Golden/objects-N.txt</c> of the newest holds tables and rows of the object's file. A change of a table or of a
/// format gets golden files of its own.
/// </summary>
public sealed class GoldenFileTests : IDisposable
{
    private const string Newest = "objects-1";

    private readonly TempDirectory _directory = new();
    private readonly WorkerScript _script = new();

    private static string Golden => Path.Combine(AppContext.BaseDirectory, "Golden");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    public async Task An_object_of_every_version_is_woken_by_its_alarm_and_goes_on(int version)
    {
        CopyDirectory(Path.Combine(Golden, $"objects-{version}"), _directory.Path);
        var time = new VirtualTimeProvider();
        time.Advance(TimeSpan.FromHours(2));
        AgentRetryOptions? retry = null;
        _script.Act = (_, what, call) =>
        {
            retry = call.QueuedItem!.Retry;
            _script.Note(what);
            return Task.CompletedTask;
        };
        await using (var host = await StartAsync(time))
        {
            // Nobody has touched it.
            await Eventually.IsAsync(() => Heard("delayed") == 1 && Heard("queued") == 1);
            _script.Count("held").ShouldBe(1);
            retry.ShouldBe(GoldenObject.Retry);
            await host.Get<Worker>(GoldenObject.Name)
                .CallAsync(agent =>
                {
                    GoldenObject.ShouldBeThere(agent);
                    agent.SetState(new CounterState(8, "Genf"));
                    agent.Queue.Add("record", "another");
                });
            await Eventually.IsAsync(() => Heard("another") == 1);
        }

        time.Advance(TimeSpan.FromDays(4));
        await using (var host = await StartAsync(time))
        {
            await Eventually.IsAsync(() => Heard("cron") == 1 && Heard("interval") == 1 && Heard("scheduled") == 1);
            (await host.Get<Worker>(GoldenObject.Name).CallAsync(agent => agent.State)).ShouldBe(new(8, "Genf"));
        }
        (Heard("delayed"), Heard("queued"), _script.Count("held")).ShouldBe((1, 1, 1));
    }

    [Fact]
    public async Task The_newest_version_is_what_is_written()
    {
        await WriteAsync();

        var expected = await File.ReadAllLinesAsync(Path.Combine(Golden, Newest + ".txt"), Token);
        Dump().ShouldBe(expected);
    }

    [Fact]
    public async Task An_object_is_found_in_the_file_where_every_version_put_it()
    {
        await WriteAsync();

        Directory
            .GetFiles(_directory.Path, "*.db", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(_directory.Path, file))
            .Order()
            .ShouldBe(
                Directory
                    .GetFiles(Path.Combine(Golden, Newest), "*.db", SearchOption.AllDirectories)
                    .Select(file => Path.GetRelativePath(Path.Combine(Golden, Newest), file))
                    .Order()
            );
    }

    /// <summary>Run it by hand when there is a new version, never to make the tests above pass.</summary>
    [Fact(Explicit = true)]
    public async Task Write_the_golden_files()
    {
        var golden = Path.Combine(SourceDirectory(), "..", "Golden", Newest);
        await WriteAsync();
        Directory.CreateDirectory(golden);
        await File.WriteAllLinesAsync(golden + ".txt", Dump(), Token);
        CopyDirectory(Path.Combine(_directory.Path, "objects"), Path.Combine(golden, "objects"));
        using var main = new DatabaseFile(Path.Combine(_directory.Path, "everturn.db")).OpenWriter();
        File.Delete(Path.Combine(golden, "everturn.db"));
        main.ExecuteOnce($"VACUUM INTO '{Path.Combine(golden, "everturn.db")}'");
    }

    public void Dispose() => _directory.Dispose();

    private int Heard(string what) => _script.Count($"{GoldenObject.Name} {what}");

    private async Task WriteAsync()
    {
        var held = new TaskCompletionSource();
        _script.Act = (_, _, call) =>
        {
            held.SetResult();
            return Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, call.CancellationToken);
        };
        var host = await StartAsync(new VirtualTimeProvider());
        await host.Get<Worker>(GoldenObject.Name).CallAsync(GoldenObject.Write);
        await held.Task;
        var stopped = host.DisposeAsync().AsTask();
        await host.AdvanceUntilAsync(() => Task.FromResult(stopped.IsCompleted), TimeSpan.FromSeconds(1));
        await stopped;
    }

    private Task<AgentHost> StartAsync(VirtualTimeProvider time) =>
        AgentHost.StartAsync(
            _directory.Path,
            builder =>
            {
                builder.Services.AddSingleton(_script);
                builder.AddStatefulAgent<Worker>(module: Worker.Module);
            },
            time
        );

    // Ids are random; they are checked to be there, and left out.
    private List<string> Dump()
    {
        using var connection = SqliteConnection.Open(_directory.ObjectFiles.ShouldHaveSingleItem(), keepWal: false);
        List<string> lines = [];
        List<(string Name, string Sql)> tables = [];
        using (
            var schema = connection.Prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'table' ORDER BY name")
        )
        {
            while (schema.Read())
            {
                tables.Add((schema.Text(0), schema.Text(1)));
            }
        }

        foreach (var (name, sql) in tables)
        {
            lines.AddRange(sql.Split('\n').Select(line => line.Trim()));
            var columns = ColumnsOf(connection, name);
            var values = columns.Select(column =>
                column == "id" && name != "notes" ? "length(id)" : $"quote({column})"
            );
            List<string> found = [];
            using var rows = connection.Prepare($"SELECT {string.Join(", ", values)} FROM {name}");
            while (rows.Read())
            {
                found.Add(string.Join('\n', columns.Select((column, i) => $"{column} {rows.Text(i)}")));
            }

            lines.AddRange(found.Order(StringComparer.Ordinal).SelectMany(row => $"== row\n{row}".Split('\n')));
        }

        return lines;
    }

    private static List<string> ColumnsOf(SqliteConnection connection, string table)
    {
        List<string> columns = [];
        using var info = connection.Prepare($"SELECT name FROM pragma_table_info('{table}')");
        while (info.Read())
        {
            columns.Add(info.Text(0));
        }

        return columns;
    }

    private static void CopyDirectory(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target, overwrite: true);
        }
    }

    private static string SourceDirectory([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
