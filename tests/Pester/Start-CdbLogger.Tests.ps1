BeforeAll { . "$PSScriptRoot/logger.ps1" }

AfterAll { Stop-CdbLogger }

Describe 'Start-CdbLogger' {
    It 'sends in the background' {
        $other = Start-CdbLogger (Join-Path $TestDrive 'other.db')
        $other.IsRunning | Should -BeTrue
        Stop-CdbLogger $other
        $other.IsOpen | Should -BeFalse
    }

    It 'takes a logger that is open' {
        $open = New-CdbLogger (Join-Path $TestDrive 'open.db')
        $started = $open | Start-CdbLogger -Name cellar
        $started.Path | Should -Be $open.Path
        $open.IsRunning | Should -BeTrue
        $open.Name | Should -Be 'cellar'
        Stop-CdbLogger $open
    }
}
