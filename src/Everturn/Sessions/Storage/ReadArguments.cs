namespace Everturn.Sessions.Storage;

/// <summary>Checks of what reads are asked for, the same in every store.</summary>
public static class ReadArguments
{
    /// <summary>Checks a range of a list.</summary>
    /// <param name="offset">Index of the first item, from 0.</param>
    /// <param name="limit">How many at most, from 0.</param>
    /// <exception cref="InvalidInputException">One of them is negative.</exception>
    public static void CheckRange(int offset, int limit)
    {
        if (offset < 0)
        {
            throw new InvalidInputException("offset", "An offset is 0 or more.");
        }

        CheckLimit(limit);
    }

    /// <summary>Checks how many items are asked for.</summary>
    /// <param name="limit">How many at most, from 0.</param>
    /// <exception cref="InvalidInputException">It is negative.</exception>
    public static void CheckLimit(int limit)
    {
        if (limit < 0)
        {
            throw new InvalidInputException("limit", "A limit is 0 or more.");
        }
    }

    /// <summary>Checks a reader's position in a stream.</summary>
    /// <param name="afterSequence">The last number the reader has, from 0.</param>
    /// <param name="limit">How many chunks at most, from 0.</param>
    /// <exception cref="InvalidInputException">One of them is negative.</exception>
    public static void CheckPosition(long afterSequence, int limit)
    {
        if (afterSequence < 0)
        {
            throw new InvalidInputException("fromSequence", "A sequence number is 0 or more.");
        }

        CheckLimit(limit);
    }
}
