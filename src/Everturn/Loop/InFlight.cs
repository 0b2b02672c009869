using Everturn.Sessions;
using Everturn.Streaming;

namespace Everturn.Loop;

/// <summary>Which chunks of an unfinished step a new attempt makes void.</summary>
internal static class InFlight
{
    /// <summary>
    /// The first number to discard, or null where there is nothing. Once the model's message is stored (open tool
    /// calls) the chunks before it are final, and those after it are facts of tools.
    /// </summary>
    public static long? FirstVoid(SessionSnapshot snapshot, int step)
    {
        if (snapshot.OpenToolCalls.Count > 0)
        {
            return null;
        }

        long? first = null;
        foreach (var chunk in snapshot.ChunksInFlight)
        {
            var decoded = StreamChunkJson.Decode(chunk);
            if (decoded.Step != step)
            {
                continue;
            }

            first = decoded is StepDiscardedChunk ? null : first ?? chunk.Sequence;
        }

        return first;
    }
}
