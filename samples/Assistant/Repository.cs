namespace Assistant;

/// <summary>Finds the clone that the sample was built in, so that it works from whatever folder it is started.</summary>
internal static class Repository
{
    private const string Marker = "Everturn.slnx";

    /// <summary>The root of the clone; null where the sample was published to somewhere else.</summary>
    public static string? Find() => Above(AppContext.BaseDirectory) ?? Above(Directory.GetCurrentDirectory());

    private static string? Above(string folder)
    {
        for (var current = new DirectoryInfo(folder); current is not null; current = current.Parent)
        {
            if (File.Exists(Path.Combine(current.FullName, Marker)))
            {
                return current.FullName;
            }
        }

        return null;
    }
}
