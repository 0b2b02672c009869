using System.Security.Cryptography;
using Everturn.Sqlite.Engine;
using Everturn.Testing.Models;

namespace Everturn.Cli.Tests;

public sealed class DoctorTests
{
    [Fact]
    public async Task A_directory_that_a_host_works_in_is_found_healthy()
    {
        await using var host = await CliHost.StartAsync(
            ScriptedReply.Text("Hello."),
            ScriptedReply.Text("Still here.")
        );
        await host.TurnAsync("s1", new string('x', 50_000));

        var report = (await CliProcess.RunAsync(null, "doctor", host.Data, "--deep")).Exits(0);

        report.Output.ShouldNotContain("ERROR");
        foreach (var check in new[] { "file", "schema", "wal", "nodes", "owners", "orphans", "blobs", "pages" })
        {
            report.Lines.ShouldContain(line => line.StartsWith(check + " ", StringComparison.Ordinal));
        }
        report.Output.ShouldContain($"Process {Environment.ProcessId} on ");
        report.Output.ShouldContain("1 are named, and all are there and whole");
        (await host.RunAsync("chat", "-s", "s2", "-m", "still there?")).Exits(0).Output.ShouldBe("Still here.\n");
    }

    [Fact]
    public async Task The_doctor_changes_nothing()
    {
        await using var host = await CliHost.StartAsync(ScriptedReply.Text("Hello."));
        await host.TurnAsync("s1", new string('x', 50_000));
        await host.CloseAsync();
        var before = HashOf(host.Data);

        (await CliProcess.RunAsync(null, "doctor", host.Data, "--deep")).Exits(0);

        HashOf(host.Data).ShouldBe(before);
    }

    [Fact]
    public async Task A_run_that_nobody_runs_is_told_of_and_is_no_error()
    {
        await using var host = await CliHost.StartAsync(ScriptedReply.Text("Thinking").ThenStall());
        using var chat = host.Start("chat", "-s", "s1", "-m", "hi");
        await chat.PrintedAsync("Thinking");
        await host.CloseAsync();

        var report = (await CliProcess.RunAsync(null, "doctor", host.Data)).Exits(0);

        report.Output.ShouldContain("No host has the directory open.");
        report.Output.ShouldContain("1 of 1 running runs have no live owner; they go on when a host starts.");
    }

    [Theory]
    [InlineData("DELETE FROM runs", "orphans", "name a run that is not there")]
    [InlineData("DELETE FROM sessions", "orphans", "rows of messages have no session")]
    [InlineData("DELETE FROM messages", "orphans", "another number of messages")]
    [InlineData("UPDATE runs SET status = 'running'; DELETE FROM workflow_instances", "orphans", "nothing carries")]
    [InlineData("UPDATE schema_versions SET version = 99 WHERE store = 'sessions'", "schema", "newer than this tool")]
    [InlineData("PRAGMA application_id=7", "file", "belongs to another application")]
    public async Task What_is_broken_is_an_error_and_exit_code_1(string sql, string check, string text)
    {
        await using var host = await CliHost.StartAsync(ScriptedReply.Text("Hello."));
        await host.TurnAsync("s1", "hi");
        await host.CloseAsync();
        using (var connection = new DataDirectory(host.Data).Database.OpenWriter())
        {
            connection.ExecuteOnce(sql);
        }

        var report = (await CliProcess.RunAsync(null, "doctor", host.Data)).Exits(1);

        report.Lines.ShouldContain(line =>
            line.StartsWith(check + " ", StringComparison.Ordinal) && line.Contains("ERROR") && line.Contains(text)
        );
    }

    [Fact]
    public async Task A_large_payload_that_is_gone_or_changed_is_an_error()
    {
        await using var host = await CliHost.StartAsync(ScriptedReply.Text("Hello."));
        await host.TurnAsync("s1", new string('x', 50_000));
        await host.CloseAsync();
        var blob = Directory
            .EnumerateFiles(Path.Combine(host.Data, "blobs", "sessions"), "*", SearchOption.AllDirectories)
            .Single();
        await File.AppendAllTextAsync(blob, "y", TestContext.Current.CancellationToken);

        (await CliProcess.RunAsync(null, "doctor", host.Data)).Exits(0);
        var damaged = (await CliProcess.RunAsync(null, "doctor", host.Data, "--deep", "--json")).Exits(1);
        File.Delete(blob);
        var missing = (await CliProcess.RunAsync(null, "doctor", host.Data)).Exits(1);

        damaged.Json.GetProperty("ok").GetBoolean().ShouldBeFalse();
        damaged.Output.ShouldContain("1 are damaged");
        missing.Output.ShouldContain("1 are missing: " + Path.GetFileName(blob));
    }

    [Fact]
    public async Task A_directory_without_data_is_3_and_stays_empty()
    {
        var folder = Directory.CreateTempSubdirectory("everturn-cli-");

        var refused = (await CliProcess.RunAsync(null, "doctor", folder.FullName)).Exits(3);

        refused.Errors.ShouldContain("everturn.db is missing");
        folder.EnumerateFileSystemInfos().ShouldBeEmpty();
        folder.Delete();
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_said_to_be_none()
    {
        var folder = Directory.CreateTempSubdirectory("everturn-cli-");
        await File.WriteAllTextAsync(
            Path.Combine(folder.FullName, "everturn.db"),
            new string('x', 5_000),
            TestContext.Current.CancellationToken
        );

        (await CliProcess.RunAsync(null, "doctor", folder.FullName)).Exits(1).Errors.ShouldContain("cannot be read");
        folder.Delete(recursive: true);
    }

    // The files that hold data; what tells of life, such as locks and the WAL's index, changes by itself.
    private static string HashOf(string directory) =>
        string.Join(
            '\n',
            Directory
                .EnumerateFiles(directory, "*", SearchOption.AllDirectories)
                .Where(path => !path.Contains("/locks/") && !path.EndsWith("-shm"))
                .Order(StringComparer.Ordinal)
                .Select(path =>
                {
                    using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
                    return $"{path} {Convert.ToHexStringLower(SHA256.HashData(file))}";
                })
        );
}
