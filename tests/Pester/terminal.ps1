# Another pwsh in a terminal of 80 columns, made by script(1), for tests of what draws there. Dot-source it after store.ps1.

# Runs a script with the module.
function Start-Terminal([string] $Script) {
    $file = Join-Path $TestDrive "$([guid]::NewGuid()).ps1"
    Set-Content $file "Import-Module '$manifest'; $Script"
    $program = [Environment]::ProcessPath
    $host7 = [IO.Path]::GetFileNameWithoutExtension($program) -eq 'dotnet' ? "'$program' '$PSHOME/pwsh.dll'" : "'$program'"
    $start = [Diagnostics.ProcessStartInfo]::new('script', [string[]] ('-qec', "stty rows 24 cols 80; exec env --default-signal=HUP,INT $host7 -NoProfile -File '$file'", '/dev/null'))
    $start.RedirectStandardInput = $start.RedirectStandardOutput = $true
    $start.Environment['TERM'] = 'xterm'
    [Diagnostics.Process]::Start($start)
}

# Reads until the text has come; returns what came.
filter Wait-Text([string] $Text) {
    $seen, $buffer = [Text.StringBuilder]::new(), [char[]]::new(4096)
    do {
        $count = $_.StandardOutput.ReadAsync($buffer, 0, $buffer.Length).WaitAsync([timespan]::FromMinutes(2)).GetAwaiter().GetResult()
        $null = $seen.Append($buffer, 0, $count)
    } while ($count -gt 0 -and -not "$seen".Contains($Text))
    if ($count -eq 0) { throw "The terminal ended without '$Text': $seen" }
    "$seen"
}

# Presses Ctrl+C; returns what came until the end.
filter Stop-Terminal {
    $_.StandardInput.Write([char] 3)
    $_.StandardInput.Flush()
    $_.StandardOutput.ReadToEndAsync().WaitAsync([timespan]::FromMinutes(2)).GetAwaiter().GetResult()
}
