Describe 'Show-CdbChart <_>' -ForEach 'in a file', 'over a server' {
    BeforeAll {
        . "$PSScriptRoot/store.ps1" $_
        $start = 1769882400
        $null = New-CdbStream ramp
        Add-CdbDatapoint ramp -Value 0, 1, 2, 3 -Timestamp $start, ($start + 60), ($start + 120), ($start + 180)
        $null = New-CdbStream words
        Add-CdbDatapoint words -Value a, b -Timestamp $start, ($start + 60)
        $null = New-CdbStream log
        Add-CdbDatapoint log (1..40 | ForEach-Object { "line $_" })
        $null = New-CdbStream lamp
        Add-CdbDatapoint lamp -Value $false, $true -Timestamp $start, ($start + 60)
    }

    AfterAll {
        Get-CdbConnection | Disconnect-Cdb
        Stop-CdbServer
    }

    It 'draws a stream as lines of text, with its figures and the time of the zone' {
        $lines = Show-CdbChart ramp -As Ascii -Width 40 -Height 4 -TimeZone Asia/Kathmandu
        $lines[0..1] | Should -Be 'me/user/ramp  4 datapoints  min 0', '  mean 1.5  max 3'
        $lines.Count | Should -Be 7
        $lines[2] | Should -Match '^3 \+ {20,}\*+$'
        $lines[5] | Should -Match '^0 \+\*+$'
        $lines[6] | Should -Match '31 Jan 23:46 +23:48$'
    }

    It 'accepts streams, datapoints, columns and rows from the pipeline' {
        $first = (Get-CdbStream ramp | Show-CdbChart -Width 80)[0]
        $first | Should -Be 'me/user/ramp  4 datapoints  min 0  mean 1.5  max 3'
        (Get-CdbDatapoint ramp | Show-CdbChart)[0] | Should -Be $first
        (Measure-CdbStream ramp -Every 2m | Show-CdbChart)[0] | Should -Be $first
        $rows = 0..3 | ForEach-Object { [pscustomobject]@{ Time = $start + 60 * $_; a = $_; b = 'x'; c = $true } }
        $drawn = $rows | Show-CdbChart -NoColor
        $drawn -match '^\w+  \d' | Should -Be @('a  4 datapoints  min 0  mean 1.5  max 3', 'b  4 datapoints  1 state  last x', 'c  4 datapoints  1 state  last true')
    }

    It 'summarizes columns of a length, and reads times in the zone of the axis' {
        (Show-CdbChart ramp -Every 2m -TimeZone Asia/Kathmandu -From '2026-01-31 23:46')[0] | Should -Be 'me/user/ramp  3 datapoints  min 1  mean 2  max 3'
        (Show-CdbChart ramp -Every 1d -Transform '$ * 2')[0] | Should -Be 'me/user/ramp  4 datapoints  min 0  mean 3  max 6'
    }

    It 'draws columns of rows that have few texts, and names those that it leaves out' {
        $rows = 0..9 | ForEach-Object { [pscustomobject]@{ Time = $start + 60 * $_; a = $_; state = $_ % 2 ? 'on' : 'off'; note = "text $_"; list = @(1, 2) } }
        $drawn = $rows | Show-CdbChart -NoColor -WarningVariable warned 3>$null
        $drawn -match '^\w+  \d' | Should -Be @('a  10 datapoints  min 0  mean 4.5  max 9', 'state  10 datapoints  2 states  last on')
        "$warned" | Should -BeLike '*left out*note, list.'
    }

    It 'says once that objects have no time, and draws the others' {
        $drawn = & { 1..5; [pscustomobject]@{ t = $start; a = 7 } } | Show-CdbChart -ErrorVariable failed -ErrorAction SilentlyContinue
        "$failed" | Should -BeLike '5 objects have no time*'
        $drawn[0] | Should -Be 'a  1 datapoint  min 7  mean 7  max 7'
    }

    It 'draws texts and booleans as rows of bars, of streams and of datapoints' {
        $drawn = 'me/user/lamp  2 datapoints  2 states', '  last true', " true +$(' ' * 32)*", "false +$('*' * 32)"
        (Show-CdbChart lamp -As Ascii -Width 40)[0..3] | Should -Be $drawn
        (Get-CdbDatapoint lamp | Show-CdbChart -As Ascii -Width 40)[0..3] | Should -Be $drawn
        (Show-CdbChart words -As Ascii -Width 40)[2] | Should -Match '^a \+\*{36}$'
    }

    It 'says that texts are too many, or that there is nothing in the range' {
        $lines = Show-CdbChart log
        $lines[0] | Should -Be 'me/user/log  40 datapoints  none is a number'
        $lines[1] | Should -BeLike '*At most 8 different texts*'
        Show-CdbChart ramp -From ($start + 1000) | Should -Be 'me/user/ramp  no datapoints in this range'
        { Show-CdbChart ramp -From ($start + 1000) -Transform 'foo(' -ErrorAction Stop } | Should -Throw '*script ends where a value should follow*'
    }

    It 'draws the other streams when one is missing' {
        $lines = Show-CdbChart nothing, ramp -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'NotFound*'
        $lines[0] | Should -BeLike 'me/user/ramp  4 datapoints*'
        Show-CdbChart nothing* -ErrorAction Stop -WarningVariable warned 3>$null | Should -BeNullOrEmpty
        "$warned" | Should -BeLike 'There is nothing to draw*'
        @() | Show-CdbChart -WarningVariable warned 3>$null | Should -BeNullOrEmpty
        "$warned" | Should -BeLike 'There is nothing to draw*'
    }

    It 'refuses ends of an axis in the wrong order, and objects without a time' {
        { Show-CdbChart ramp -Minimum 5 -Maximum 1 -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidRange*'
        { [pscustomobject]@{ a = 1 } | Show-CdbChart -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidValue*' -ExpectedMessage '*no time*'
    }

    It 'refuses -Watch where output is redirected, and with what does not change' {
        if (-not [Console]::IsOutputRedirected) { Set-ItResult -Skipped -Because 'output is a terminal' }
        { Show-CdbChart ramp -Watch } | Should -Throw -ErrorId 'NotAvailable*' -ExpectedMessage '*Watch-CdbStream*'
    }

    It 'draws rows of a CSV file, in which numbers are texts' {
        $drawn = "date,rain,note`n2024-01-01 12:00,1.5,x`n2024-01-02 12:00,2,y" | ConvertFrom-Csv | Show-CdbChart
        $drawn -match 'datapoints' | Should -Be 'rain  2 datapoints  min 1.5  mean 1.75  max 2', 'note  2 datapoints  2 states  last y'
    }

    It 'refuses more streams than a picture can show' {
        { 1..51 | ForEach-Object { [pscustomobject]@{ Time = $_; "c$_" = $_ } } | Show-CdbChart -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidValue*' -ExpectedMessage '*at most 50 series*'
    }
}

Describe 'Show-CdbChart -Watch <_>' -Skip:(-not $IsLinux -or -not (Get-Command script -ErrorAction Ignore)) -ForEach 'in a file', 'over a server' {
    BeforeAll {
        . "$PSScriptRoot/store.ps1" $_
        . "$PSScriptRoot/terminal.ps1"
        $null = New-CdbStream a, b
        Add-CdbDatapoint a -Value 1, 2 -Timestamp 1769882400, 1769882460
        $connect = $server ? "Connect-Cdb -Url $($server.Url) -ApiKey $key" : "Connect-Cdb $store"
    }

    AfterAll {
        Get-CdbConnection | Disconnect-Cdb
        Stop-CdbServer
    }

    It 'draws in place as datapoints arrive, also the first of a stream, until Ctrl+C, and shows the cursor again' {
        $terminal = Start-Terminal "`$null = $connect; Show-CdbChart a, b -Watch -As Ascii"
        $null = $terminal | Wait-Text 'me/user/b  no datapoints'
        Add-CdbDatapoint b -Value $true -Timestamp 1769882430
        $null = $terminal | Wait-Text 'me/user/b  1 datapoint '
        Add-CdbDatapoint a -Value 3 -Timestamp 1769882520
        $terminal | Wait-Text 'me/user/a  3 datapoints' | Should -Match "\e\[\d+A"
        $terminal | Stop-Terminal | Should -Match "\e\[\?25h"
    }

    if ($_ -eq 'over a server') {
        It 'goes on when the server is back' {
            $terminal = Start-Terminal "`$null = $connect; Show-CdbChart a -Watch -As Ascii"
            $null = $terminal | Wait-Text 'me/user/a  3 datapoints'
            Stop-CdbServer
            $null = $terminal | Wait-Text 'does not answer'
            $null = Start-CdbServer $store -Url $server.Url
            Add-CdbDatapoint a -Value 4 -Timestamp 1769882580
            $null = $terminal | Wait-Text 'me/user/a  4 datapoints'
            $terminal | Stop-Terminal | Should -Match "\e\[\?25h"
        }
    }

    It 'reports a stream that is deleted, and ends with the last one' {
        $null = New-CdbStream gone
        $terminal = Start-Terminal "`$null = $connect; Show-CdbChart gone -Watch; 'It has ended.'"
        $null = $terminal | Wait-Text 'me/user/gone  no datapoints'
        Remove-CdbStream gone -Confirm:$false
        $terminal | Wait-Text 'It has ended.' | Should -BeLike '*me/user/gone*'
    }
}
