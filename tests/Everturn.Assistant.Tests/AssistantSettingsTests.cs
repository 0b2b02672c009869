using Assistant;
using Microsoft.Extensions.Configuration;

namespace Everturn.Assistant.Tests;

public sealed class AssistantSettingsTests
{
    [Fact]
    public void Without_settings_the_documents_are_this_repository_and_the_data_is_beside_the_sample()
    {
        var settings = From();

        settings.DataDirectory.ShouldEndWith(Path.Combine("samples", "Assistant", "data"));
        settings.TokenDelay.ShouldBe(TimeSpan.FromMilliseconds(20));
        var paths = settings.Documents.List().Select(file => file.Path).ToList();
        paths.ShouldContain("README.md");
        paths.ShouldContain("docs/architecture.md");
        paths.ShouldAllBe(path => path == "README.md" || path.StartsWith("docs/", StringComparison.Ordinal));
    }

    [Fact]
    public void Settings_are_taken()
    {
        using var folder = new TemporaryFolder();
        folder.Write("x.md", "# X");

        var settings = From(
            (AssistantSettings.DataDirectoryKey, Path.Combine(folder.Path, "data")),
            (AssistantSettings.DocumentsKey, folder.Path),
            (AssistantSettings.TokenDelayKey, "0")
        );

        settings.DataDirectory.ShouldBe(Path.Combine(folder.Path, "data"));
        settings.Documents.List().Single().Path.ShouldBe("x.md");
        settings.TokenDelay.ShouldBe(TimeSpan.Zero);
        settings.Outbox.ShouldBe(Path.Combine(folder.Path, "data", "outbox"));
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("fast")]
    [InlineData("1.5")]
    [InlineData("60001")]
    public void A_delay_that_is_none_is_refused_with_its_name(string delay) =>
        Should
            .Throw<InvalidOperationException>(() => From((AssistantSettings.TokenDelayKey, delay)))
            .Message.ShouldContain(AssistantSettings.TokenDelayKey);

    [Fact]
    public void A_folder_that_is_not_there_is_refused() =>
        Should
            .Throw<InvalidOperationException>(() => From((AssistantSettings.DocumentsKey, "/nowhere/at/all")))
            .Message.ShouldContain("/nowhere/at/all");

    private static AssistantSettings From(params (string Key, string Value)[] values) =>
        AssistantSettings.From(
            new ConfigurationBuilder()
                .AddInMemoryCollection(values.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value)))
                .Build()
        );
}
