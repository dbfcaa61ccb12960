namespace ConnectorDb.Core.Polling.Devices;

/// <summary>A sensor that measures once a second when it is switched on.</summary>
/// <param name="Address">On the I²C bus.</param>
/// <param name="Identity">What its register 0x0F says.</param>
/// <param name="SwitchedOn">The control register 0x20: power, once a second, no reading while it is being written.</param>
/// <param name="Fresh">The bits of the status register 0x27 that say that a measurement is there.</param>
internal sealed record Chip(string Name, byte Address, byte Identity, byte SwitchedOn, byte Fresh)
{
    private const byte IdentityRegister = 0x0F;
    private const byte Control = 0x20;
    private const byte Status = 0x27;
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(50);

    /// <summary>Switches the chip on when it is off, and waits until it has measured.</summary>
    /// <exception cref="NotAvailableException">Another chip, or none, is at its address.</exception>
    public async ValueTask PrepareAsync(IRegisters registers, TimeProvider time, CancellationToken cancellation)
    {
        byte identity = registers.Read(IdentityRegister, 1)[0];
        if (identity != Identity)
        {
            throw new NotAvailableException($"The chip at the I²C address 0x{Address:X2} is no {Name}: it calls itself 0x{identity:X2}. Is there a Sense HAT on this machine?", Name);
        }

        if (registers.Read(Control, 1)[0] == SwitchedOn)
        {
            return;
        }

        registers.Write(Control, SwitchedOn);
        while ((registers.Read(Status, 1)[0] & Fresh) != Fresh)
        {
            await Task.Delay(s_patience, time, cancellation).ConfigureAwait(false);
        }
    }
}
