using Assistant.Browser;
using Assistant.Documents;
using Assistant.Mail;
using Assistant.Notes;
using Everturn.Agents;

namespace Assistant;

/// <summary>The agent: inert data that names what it may use.</summary>
internal static class AssistantAgent
{
    public const string Name = "assistant";

    private const string Instructions = """
        You answer questions about a folder of Markdown documents.
        Search first, read the best page, then answer from what you read and quote it with its file name.
        For a question of two parts search for both at once. Say so when the documents do not have the answer.
        Save a note when the user asks you to remember something, and send a mail only when the user asks for one.
        Ask the browser for the time zone when the answer depends on where the user is.
        """;

    public static readonly AgentDefinition<string> Definition = AgentDefinition
        .Create(Name)
        .WithDescription("Answers questions about a folder of Markdown documents.")
        .WithInstructions(Instructions)
        .WithState(Notebook.Key)
        .WithTool(DocumentTools.Search, o => o.Name = DocumentTools.SearchName)
        .WithTool(DocumentTools.Read, o => o.Name = DocumentTools.ReadName)
        .WithTool(NoteTools.Save, o => o.Name = NoteTools.SaveName)
        .WithTool(NoteTools.List, o => o.Name = NoteTools.ListName)
        .WithTool(
            MailTools.SendAsync,
            o =>
            {
                o.Name = MailTools.SendName;
                // The outbox knows a mail by the key of the call that sends it.
                o.Effect = ToolEffect.Keyed;
                o.RequireApproval();
            }
        )
        .WithTool(BrowserTools.TimeZone, o => o.AnswerWithin = BrowserTools.AnswerWithin)
        .WithMaxSteps(8)
        .Build();
}
