namespace ConnectorDb.Core.Polling.Devices;

/// <summary>A sensor of air pressure.</summary>
internal static class Lps25h
{
    private const byte Output = 0x28;
    private const double StepsPerHectopascal = 4096;

    public static readonly Chip Chip = new("LPS25H", 0x5C, 0xBD, SwitchedOn: 0x94, Fresh: 0b10);

    /// <summary>Hectopascal, from a signed 24-bit number.</summary>
    public static double Pressure(IRegisters registers)
    {
        byte[] bytes = registers.Read(Output, 3);
        int number = bytes[0] | (bytes[1] << 8) | ((sbyte)bytes[2] << 16);
        return number / StepsPerHectopascal;
    }
}
