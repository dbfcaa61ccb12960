BeforeAll {
    . "$PSScriptRoot/poller.ps1"
    $own = Connect-Cdb -Path (Join-Path $TestDrive 'store.cdb')
    $null = New-CdbStream temperature
    $null = New-CdbDevice pi -Stream @{ light = @{} }
    Add-CdbPollItem load exec.value 'echo 1' -Interval 1h
    Add-CdbPollItem 'lone wolf' system.uptime -Interval 1h
}

AfterAll {
    Stop-CdbPoller
    Stop-CdbLogger
    Get-CdbConnection | Disconnect-Cdb
}

Describe 'Tab completion' {
    It 'completes <Line> to <Expected>' -ForEach @(
        @{ Line = 'Get-CdbDatapoint te'; Expected = 'temperature' }
        @{ Line = "Get-CdbDatapoint -Stream 'te"; Expected = "'temperature'" }
        @{ Line = 'Get-CdbDatapoint pi/'; Expected = 'pi/light' }
        @{ Line = 'Get-CdbDatapoint me/pi/l'; Expected = 'me/pi/light' }
        @{ Line = 'Get-CdbDatapoint me/p'; Expected = 'me/pi/' }
        @{ Line = 'Get-CdbDatapoint p'; Expected = 'pi/' }
        @{ Line = 'Add-CdbDatapoint te'; Expected = 'temperature' }
        @{ Line = 'Set-CdbStream te'; Expected = 'temperature' }
        @{ Line = 'Get-CdbDevice p'; Expected = 'pi' }
        @{ Line = 'Reset-CdbApiKey me/p'; Expected = 'me/pi' }
        @{ Line = 'Get-CdbUser m'; Expected = 'me' }
        @{ Line = 'Test-CdbItem m'; Expected = 'me' }
        @{ Line = 'Test-CdbItem me/p'; Expected = 'me/pi' }
        @{ Line = 'Test-CdbItem me/pi/'; Expected = 'me/pi/light' }
        @{ Line = 'New-CdbDevice x -Role r'; Expected = 'reader' }
        @{ Line = 'New-CdbStream x -Schema n'; Expected = 'null', 'number' }
        @{ Line = 'Set-CdbStream x -Schema bo'; Expected = 'boolean' }
        @{ Line = 'Invoke-CdbDataset x -TimeZone Europe/Ber'; Expected = 'Europe/Berlin' }
        @{ Line = "Invoke-CdbDataset x -TimeZone 'w. eur"; Expected = "'W. Europe Standard Time'" }
        @{ Line = 'Invoke-CdbDataset x -Interpolator clo'; Expected = 'closest' }
        @{ Line = 'Get-CdbPollItem lo'; Expected = 'load', "'lone wolf'" }
        @{ Line = "Remove-CdbPollItem 'lone"; Expected = "'lone wolf'" }
        @{ Line = 'Add-CdbDatapoint x -TimeZone europe/berl'; Expected = 'Europe/Berlin' }
        @{ Line = 'Write-CdbLog x -Culture de-D'; Expected = 'de-DE' }
        @{ Line = 'Invoke-CdbTransform x -TimestampFormat unixm'; Expected = 'unixms' }
    ) {
        (TabExpansion2 $Line $Line.Length).CompletionMatches.CompletionText | Should -Be $Expected
    }

    It 'offers nothing without a connection, and creates no store' {
        Disconnect-Cdb $own
        (TabExpansion2 'Get-CdbDatapoint -Stream x' 26).CompletionMatches | Should -BeNullOrEmpty
        Get-CdbConnection | Should -BeNullOrEmpty
    }
}
