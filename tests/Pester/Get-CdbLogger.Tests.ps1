BeforeAll { . "$PSScriptRoot/logger.ps1" }

AfterAll { Stop-CdbLogger }

Describe 'Get-CdbLogger' {
    It 'shows the progress of each destination' {
        Write-CdbLog numbers 1
        (Get-CdbLogger).Destinations[0].Pending | Should -Be 1
        Get-CdbLogger -SetAside | Should -BeNullOrEmpty
    }

    It 'shows the elements of lists, not their types' {
        (Get-CdbLogger | Format-List * | Out-String) | Should -Not -Match 'ReadOnly|List`'
        "$((Get-CdbLogger).Status)" | Should -BeLike '*: 1 pending'
        "$(Sync-CdbLogger)" | Should -BeLike '*: 1 sent'
    }

    It 'finds a logger by its file and its name' {
        $named = New-CdbLogger (Join-Path $TestDrive 'named.db') -Name kitchen
        (Get-CdbLogger kitchen).Path | Should -Be $named.Path
        (Get-CdbLogger named.db, $logger).Path | Should -Be $named.Path, $cache
        (Get-CdbLogger n*).Path | Should -Be $named.Path
        Write-CdbLog numbers 2 -Logger $cache
        Stop-CdbLogger kitchen
        $named.IsOpen | Should -BeFalse
        $null = Sync-CdbLogger cache
    }

    It 'shows why entries wait for a destination' {
        $log = New-CdbLogger (Join-Path $TestDrive 'why.db') -Sink (New-CdbSink -ScriptBlock { throw 'down today' })
        Add-CdbLoggerStream x -Force -Logger $log
        Write-CdbLog x 1 -Logger $log
        $null = Sync-CdbLogger $log -WarningAction Ignore
        Get-CdbLogger $log | Format-Table | Out-String -Width 400 | Should -BeLike '*: 1 pending (*down today*)*'
        Stop-CdbLogger $log -WarningAction Ignore
    }

    It 'shows that entries were set aside' {
        $log = New-CdbLogger (Join-Path $TestDrive 'aside.db') -Sink (New-CdbSink -ConnectorDb (Join-Path $TestDrive 'aside.cdb'))
        Add-CdbLoggerStream x -Schema number
        Add-CdbLoggerStream x -Schema string -Force -Replace
        Write-CdbLog x text
        $null = Sync-CdbLogger $log -WarningAction Ignore
        Get-CdbLogger $log | Format-Table | Out-String -Width 400 | Should -BeLike '*: 0 pending, 1 set aside*'
        Stop-CdbLogger $log
    }

    It 'gives waiting entries the properties of their table, with all digits and without types in CSV' {
        Write-CdbLog numbers 1.5 -Timestamp '2026-01-02T03:04:05.25Z'
        $row = Get-CdbLogger -Waiting | ConvertTo-Csv | ConvertFrom-Csv | Select-Object -Last 1
        $row.Time, $row.Data | Should -Be '2026-01-02T03:04:05.25Z', '1.5'
        $row.Written | Should -Match '^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$'
        $row.Destinations | Should -Not -BeLike '*System.*'
    }
}
