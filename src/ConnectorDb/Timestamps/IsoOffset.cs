namespace ConnectorDb.Timestamps;

/// <summary>The zone at the end of a time: <c>Z</c>, <c>UTC</c>, <c>GMT</c>, <c>+02</c>, <c>+0200</c>, <c>+02:00</c>, also after a space.</summary>
internal static class IsoOffset
{
    private const int MostHours = 18;

    /// <summary>Reads an offset. A name after it, as in <c>+0200 CEST</c> or <c>+02:00[Europe/Berlin]</c>, says nothing more.</summary>
    /// <returns>False when the text goes on with something else.</returns>
    public static bool TryRead(ref Cursor at, out long? offset)
    {
        offset = null;
        at.TakeSpaces();
        if (at.IsAtEnd)
        {
            return true;
        }

        bool isAfterUtc = at.TakeWord("Z") || at.TakeWord("UTC") || at.TakeWord("GMT");
        if (isAfterUtc)
        {
            offset = 0;
            return at.IsAtEnd;
        }

        bool isWest = at.Peek is '-' or '\u2212';
        if ((!isWest && at.Peek != '+') || !TryReadHours(ref at, out int hours, out int minutes))
        {
            return false;
        }

        offset = ((hours * 60) + minutes) * (isWest ? -60 : 60);
        at.SkipName();
        return hours <= MostHours && minutes < 60;
    }

    private static bool TryReadHours(ref Cursor at, out int hours, out int minutes)
    {
        minutes = 0;
        hours = 0;
        at.Skip(1);
        switch (at.CountDigits())
        {
            case 2:
                hours = at.TakeNumber(2);
                return !at.Take(':') || at.TryTakeTwo(out minutes);
            case 4:
                hours = at.TakeNumber(2);
                return at.TryTakeTwo(out minutes);
            default:
                return false;
        }
    }
}
