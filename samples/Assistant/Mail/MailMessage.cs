namespace Assistant.Mail;

/// <summary>A mail that goes out.</summary>
/// <param name="To">The address.</param>
/// <param name="Subject">One line.</param>
/// <param name="Text">Plain text.</param>
internal sealed record MailMessage(string To, string Subject, string Text);
