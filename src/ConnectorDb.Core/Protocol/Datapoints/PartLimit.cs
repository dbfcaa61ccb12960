using System.Text.Json;

namespace ConnectorDb.Core.Protocol.Datapoints;

/// <summary>Limits the datapoints of a request, together with the arrays, objects and names in their values, which take fifty times as much memory as text.</summary>
/// <param name="maxParts">The maximum number of datapoints, of arrays and objects in their values, and of names in large objects.</param>
/// <param name="about">The target of errors: a path.</param>
internal sealed class PartLimit(long maxParts, object? about)
{
    /// <summary>The number of names of an object that do not count as parts: objects of a few names share them.</summary>
    private const int FreeNames = 256;

    /// <summary>A further name of an object takes as much memory as so many datapoints.</summary>
    private const int PartsOfName = 8;

    public bool IsSet => maxParts < long.MaxValue;

    /// <summary>The number of arrays, objects and names that were counted.</summary>
    public long Containers { get; private set; }

    /// <summary>How many datapoints may follow.</summary>
    /// <param name="count">The number of datapoints so far.</param>
    public long Room(long count) => Math.Max(0, maxParts - count - Containers);

    /// <exception cref="InvalidValueException">There are too many.</exception>
    public void Check(long count, long more = 0)
    {
        if (count + Containers + more > maxParts)
        {
            throw new InvalidValueException($"The request has more than {maxParts} datapoints, arrays and objects, which is the maximum; in an object of more than {FreeNames} names, each further name counts as {PartsOfName}. Divide it into several requests.", about);
        }
    }

    /// <summary>Returns true when the value at the reader is complete, and counts its parts. Works on a copy of the reader.</summary>
    public bool IsWhole(Utf8JsonReader reader, long count)
    {
        if (reader.TokenType is not (JsonTokenType.StartArray or JsonTokenType.StartObject))
        {
            return true;
        }

        int depth = reader.CurrentDepth;
        long containers = 1;

        // The names of each object that is open.
        Span<int> names = stackalloc int[DataValue.MaxDepth + 8];
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartArray or JsonTokenType.StartObject:
                    names[reader.CurrentDepth - depth + 1] = 0;
                    Check(count, ++containers);
                    break;
                case JsonTokenType.PropertyName when ++names[reader.CurrentDepth - depth] > FreeNames:
                    Check(count, containers += PartsOfName);
                    break;
                case JsonTokenType.EndArray or JsonTokenType.EndObject when reader.CurrentDepth == depth:
                    Containers += containers;
                    return true;
            }
        }

        return false;
    }
}
