using Everturn.Testing.Crashes;

namespace Everturn.Testing.Tests.Crashes;

public sealed class EffectsFileTests
{
    [Fact]
    public void Lines_are_counted_by_key_and_phase_and_a_torn_one_is_not()
    {
        var path = Path.GetTempFileName();
        try
        {
            var effects = new EffectsFile(path);
            effects.Append("a", "start");
            effects.Append("a", "end");
            effects.Append("b", "end");
            effects.Append("b", "end");
            File.AppendAllText(path, "c");

            effects.Count("end").ShouldBe(new Dictionary<string, int> { ["a"] = 1, ["b"] = 2 }, ignoreOrder: true);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Without_a_file_nothing_ran() =>
        new EffectsFile(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName())).Count("end").ShouldBeEmpty();
}
