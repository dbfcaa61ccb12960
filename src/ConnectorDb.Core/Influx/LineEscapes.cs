using System.Text;

namespace ConnectorDb.Core.Influx;

/// <summary>The escapes of line protocol. A backslash before any other character is a backslash.</summary>
internal static class LineEscapes
{
    /// <summary>The text of a measurement, tag or field name.</summary>
    public static string Name(ReadOnlySpan<byte> raw) => Text(raw, ",= "u8);

    /// <summary>The text between the quotes of a string.</summary>
    public static string String(ReadOnlySpan<byte> raw) => Text(raw, "\"\\"u8);

    private static string Text(ReadOnlySpan<byte> raw, ReadOnlySpan<byte> escaped)
    {
        if (!raw.Contains((byte)'\\'))
        {
            return Encoding.UTF8.GetString(raw);
        }

        byte[] plain = new byte[raw.Length];
        int count = 0;
        for (int i = 0; i < raw.Length; i++)
        {
            i += raw[i] == '\\' && i + 1 < raw.Length && escaped.Contains(raw[i + 1]) ? 1 : 0;
            plain[count++] = raw[i];
        }

        return Encoding.UTF8.GetString(plain, 0, count);
    }
}
