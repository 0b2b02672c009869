using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Assistant.Mail;

/// <summary>
/// A folder that stands for a mail server: one file for each mail, named for the idempotency key of the call that sent it,
/// so that a call that is repeated after a crash sends one mail.
/// </summary>
/// <param name="directory">The folder. It is made when the first mail is sent.</param>
internal sealed class Outbox(string directory)
{
    private const int NameLength = 32;

    /// <summary>Writes a mail, unless one with this key is there.</summary>
    /// <param name="key">The same for every attempt of one call.</param>
    /// <param name="mail">The mail.</param>
    /// <param name="cancellationToken">Stops it; then nothing is sent, or all of it.</param>
    /// <returns>The name of its file.</returns>
    public async Task<string> SendAsync(string key, MailMessage mail, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(directory);
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..NameLength] + ".json";
        var file = Path.Combine(directory, name);
        if (File.Exists(file))
        {
            return name;
        }

        // Only whole mails have a name that ends so: what a crash leaves of a half one is written anew.
        var draft = file + ".draft";
        await using (var stream = new FileStream(draft, FileMode.Create, FileAccess.Write))
        {
            await JsonSerializer.SerializeAsync(stream, mail, MailJson.Default.MailMessage, cancellationToken);
            stream.Flush(flushToDisk: true);
        }

        File.Move(draft, file, overwrite: true);
        return name;
    }
}
