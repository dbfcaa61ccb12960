using System.Buffers.Binary;

namespace ConnectorDb.Core.Polling.Devices;

/// <summary>A sensor of humidity and temperature. Each value is interpolated between two calibration points that the factory stores in the chip.</summary>
internal static class Hts221
{
    private const byte Calibration = 0x30;
    private const byte Output = 0x28;

    public static readonly Chip Chip = new("HTS221", 0x5F, 0xBC, SwitchedOn: 0x85, Fresh: 0b11);

    /// <summary>Percent.</summary>
    public static double Humidity(IRegisters registers)
    {
        byte[] c = registers.Read(Calibration, 16);
        return Line(Word(c, 0x36), c[0] / 2.0, Word(c, 0x3A), c[1] / 2.0, Out(registers, 0x28));
    }

    /// <summary>Degrees Celsius. The two calibration temperatures have ten bits; the upper two bits of both are in register 0x35.</summary>
    public static double Temperature(IRegisters registers)
    {
        byte[] c = registers.Read(Calibration, 16);
        double low = (c[2] | ((c[5] & 0b0011) << 8)) / 8.0;
        double high = (c[3] | ((c[5] & 0b1100) << 6)) / 8.0;
        return Line(Word(c, 0x3C), low, Word(c, 0x3E), high, Out(registers, 0x2A));
    }

    private static short Out(IRegisters registers, byte register)
        => BinaryPrimitives.ReadInt16LittleEndian(registers.Read(Output, 4).AsSpan(register - Output));

    private static short Word(byte[] calibration, byte register)
        => BinaryPrimitives.ReadInt16LittleEndian(calibration.AsSpan(register - Calibration));

    private static double Line(double x0, double y0, double x1, double y1, double x)
        => y0 + ((x - x0) * (y1 - y0) / (x1 - x0));
}
