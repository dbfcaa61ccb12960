using System.Globalization;

namespace ConnectorDb.Core.Schemas;

/// <summary>Positions within a JSON document (RFC 6901).</summary>
internal static class JsonPointer
{
    public static string Join(string place, string step)
        => $"{place}/{step.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";

    /// <summary>The value at the position; null when there is none.</summary>
    public static DataValue? Find(DataValue document, string place)
    {
        if (place.Length > 0 && place[0] != '/')
        {
            return null;
        }

        DataValue at = document;
        foreach (string part in place.Split('/').Skip(1))
        {
            string step = part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            if (at.Kind == DataKind.Object && at.AsObject().TryGetValue(step, out DataValue member))
            {
                at = member;
            }
            else if (at.Kind == DataKind.Array
                     && int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out int index)
                     && index < at.AsArray().Length)
            {
                at = at.AsArray()[index];
            }
            else
            {
                return null;
            }
        }

        return at;
    }
}
