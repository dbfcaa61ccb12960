using ConnectorDb.Columns;

namespace ConnectorDb.Core.Protocol.Datapoints;

/// <summary>
/// Datapoints in the middle of an array whose members are <c>t</c> and <c>d</c> and numbers, as nearly all are: taken from the bytes without
/// the steps of a general reader. It stops before whatever is anything else, not whole, or not valid, and leaves that to one.
/// </summary>
/// <param name="json">What follows a datapoint of the array.</param>
internal ref struct PlainDatapoints(ReadOnlySpan<byte> json)
{
    private readonly ReadOnlySpan<byte> _json = json;
    private int _at;

    /// <summary>The next byte; 0, which JSON does not have, at the end.</summary>
    private readonly byte Next => _at < _json.Length ? _json[_at] : (byte)0;

    /// <summary>Adds datapoints to the builder as long as there are such, and until it holds so many.</summary>
    /// <param name="noTime">The time of one without.</param>
    /// <returns>How many bytes they took.</returns>
    public int TakeInto(BlockBuilder builder, int most, double noTime)
    {
        int taken = 0;
        while (builder.Count < most && Skip(',') && Skip('{') && TryTake(builder, noTime))
        {
            taken = _at;
        }

        return taken;
    }

    private bool TryTake(BlockBuilder builder, double noTime)
    {
        double t = noTime;
        PlainNumber value = default;
        do
        {
            if (!TryName(out byte name) || !TryNumber(out PlainNumber number))
            {
                return false;
            }

            switch (name)
            {
                case (byte)'t':
                    t = number.ToDouble();
                    break;
                case (byte)'d':
                    value = number;
                    break;
                default:
                    return false;
            }
        }
        while (Skip(','));

        if (value.Length == 0 || double.IsInfinity(t) || !Skip('}'))
        {
            return false;
        }

        value.AddTo(builder, t);
        return true;
    }

    /// <summary>Goes behind spaces and the character; only behind the spaces when another is there.</summary>
    private bool Skip(char wanted)
    {
        SkipSpaces();
        bool isThere = Next == wanted;
        _at += isThere ? 1 : 0;
        return isThere;
    }

    /// <summary>A name of one letter, with its colon.</summary>
    private bool TryName(out byte name)
    {
        bool isBegun = Skip('"');
        name = Next;
        _at++;
        return isBegun && Next == '"' && Skip('"') && Skip(':');
    }

    private bool TryNumber(out PlainNumber number)
    {
        SkipSpaces();
        bool isThere = PlainNumber.TryRead(_json[Math.Min(_at, _json.Length)..], out number);
        _at += number.Length;
        return isThere;
    }

    private void SkipSpaces()
    {
        while (Next == ' ')
        {
            _at++;
        }
    }
}
