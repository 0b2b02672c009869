using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Everturn.Cli.Tests;

/// <summary>The real program in a process of its own, its output not a terminal.</summary>
internal sealed partial class CliProcess : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();
    private readonly Task _reading;

    private CliProcess(Process process)
    {
        _process = process;
        _reading = Task.WhenAll(ReadAsync(process.StandardOutput, _output), ReadAsync(process.StandardError, _errors));
    }

    public string Output => Text(_output);

    public string Errors => Text(_errors);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static CliProcess Start(Uri? url, string? directory, string? apiKey, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = directory ?? AppContext.BaseDirectory,
            StandardOutputEncoding = Encoding.UTF8,
        };
        start.ArgumentList.Add("exec");
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Everturn.Cli.dll"));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }
        start.Environment["EVERTURN_URL"] = url?.ToString() ?? "";
        start.Environment["EVERTURN_API_KEY"] = apiKey ?? "";
        return new(Process.Start(start)!);
    }

    /// <summary>Runs a command to its end.</summary>
    public static Task<CliResult> RunAsync(Uri? url, params string[] arguments) =>
        RunInAsync(url, directory: null, apiKey: null, arguments);

    /// <summary>Runs a command to its end, in a directory.</summary>
    public static async Task<CliResult> RunInAsync(
        Uri? url,
        string? directory,
        string? apiKey,
        params string[] arguments
    )
    {
        using var cli = Start(url, directory, apiKey, arguments);
        cli._process.StandardInput.Close();
        return await cli.EndAsync();
    }

    public async Task WriteLineAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line.AsMemory(), Token);
        await _process.StandardInput.FlushAsync(Token);
    }

    public void CloseInput() => _process.StandardInput.Close();

    /// <summary>What Ctrl-C does.</summary>
    public void Interrupt() => Kill(_process.Id, 2).ShouldBe(0);

    /// <summary>Waits until the program has printed something.</summary>
    public async Task PrintedAsync(string text)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        while (!Output.Contains(text, StringComparison.Ordinal) && !Errors.Contains(text, StringComparison.Ordinal))
        {
            limit.IsCancellationRequested.ShouldBeFalse($"'{text}' was not printed. Output:\n{Output}\n{Errors}");
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, CancellationToken.None);
        }
    }

    public async Task<CliResult> EndAsync()
    {
        await _process.WaitForExitAsync(Token).WaitAsync(TimeSpan.FromSeconds(60), Token);
        await _reading;
        return new(_process.ExitCode, Output, Errors);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }
        _process.Dispose();
    }

    private static async Task ReadAsync(StreamReader reader, StringBuilder text)
    {
        var buffer = new char[1_024];
        while (await reader.ReadAsync(buffer.AsMemory(), CancellationToken.None) is > 0 and var count)
        {
            lock (text)
            {
                text.Append(buffer, 0, count);
            }
        }
    }

    private static string Text(StringBuilder text)
    {
        lock (text)
        {
            return text.ToString();
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
