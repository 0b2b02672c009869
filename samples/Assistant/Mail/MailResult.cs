namespace Assistant.Mail;

/// <summary>What the mail tool tells the model.</summary>
/// <param name="To">Who gets it.</param>
/// <param name="Subject">Its subject.</param>
/// <param name="File">Its file in the outbox.</param>
internal sealed record MailResult(string To, string Subject, string File);
